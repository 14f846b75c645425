import { Title } from '@mantine/core';
import { ThemeChoice } from '../../ui/theme-choice.tsx';
import { AccountSection } from './account-section.tsx';
import { KeysSection } from './keys-section.tsx';
import { PasswordSection } from './password-section.tsx';
import classes from './profile.module.css';
import { RemoveSection } from './remove-section.tsx';
import { Section } from './section.tsx';
import { SessionsSection } from './sessions-section.tsx';
import { WebhooksSection } from './webhooks-section.tsx';
import { words } from './words.ts';

const PARTS = ['account', 'theme', 'password', 'sessions', 'keys', 'webhooks', 'remove'] as const;

/** One's own account. */
export function Profile() {
  return (
    <div className={classes.page}>
      <Title order={1} size="h2">
        {words.title}
      </Title>
      <nav aria-label={words.parts} className={classes.parts}>
        {PARTS.map((part) => (
          <a key={part} href={`#${part}`} className={classes.part}>
            {words[part].title}
          </a>
        ))}
      </nav>
      <AccountSection />
      <Section id="theme" title={words.theme.title} text={words.theme.text}>
        <ThemeChoice />
      </Section>
      <PasswordSection />
      <SessionsSection />
      <KeysSection />
      <WebhooksSection />
      <RemoveSection />
    </div>
  );
}
