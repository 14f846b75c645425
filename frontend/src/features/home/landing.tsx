import { Button, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import { useDoors } from '../../lib/data/doors.ts';
import { Mark } from '../../ui/mark.tsx';
import classes from './landing.module.css';
import { Shown } from './shown.tsx';
import { words } from './words.ts';

/** What visitors see: what Vitrine does, on real results, and the way in. */
export function Landing() {
  return (
    <div className={classes.landing}>
      <header className={classes.top}>
        <span className={classes.brand}>
          <Mark size={32} />
          {words.name}
        </span>
        <Link to="/sign-in" className={classes.signIn}>
          {words.signIn}
        </Link>
      </header>
      <main>
        <section className={classes.hero}>
          <div>
            <Title order={1} className={classes.headline}>
              {words.headline}
            </Title>
            <Text className={classes.sentence}>{words.sentence}</Text>
            <WayIn />
          </div>
          <Shown example="coffee" eager />
        </section>
        <section className={classes.more}>
          <Shown example="camera" />
          <Shown example="chelsea" />
        </section>
        <ul className={classes.facts}>
          {words.facts.map(({ title, text }) => (
            <li key={title}>
              <Title order={2} size="h3">
                {title}
              </Title>
              <Text mt={4}>{text}</Text>
            </li>
          ))}
        </ul>
      </main>
      <footer className={classes.foot}>
        <span>{words.footer}</span>
        <a href="/api/docs">{words.docs}</a>
      </footer>
    </div>
  );
}

/** Signing up; where nobody has an account yet, whoever comes is the administrator. */
function WayIn() {
  const { isKnown, isFirst, isOpen } = useDoors();
  const closed = isKnown && !isOpen;
  return (
    <Button component={Link} to={closed ? '/sign-in' : '/sign-up'} size="lg" mt="xl">
      {isFirst ? words.startFirst : closed ? words.signIn : words.start}
    </Button>
  );
}
