import { Button, Tabs, Title } from '@mantine/core';
import type { ComponentType } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useAccount } from '../../lib/api/session.ts';
import { EmptyCase } from '../../ui/empty-case.tsx';
import classes from './admin.module.css';
import { Health } from './health.tsx';
import { Integrity } from './integrity.tsx';
import { Log } from './log.tsx';
import { Models } from './models.tsx';
import { Users } from './users.tsx';
import { words } from './words.ts';

type Part = keyof typeof words.parts;

const PARTS: Readonly<Record<Part, ComponentType>> = {
  users: Users,
  models: Models,
  health: Health,
  integrity: Integrity,
  log: Log,
};
const NAMES = Object.keys(PARTS) as readonly Part[];

export function Admin() {
  const { role } = useAccount();
  return role === 'admin' ? <Parts /> : <Forbidden />;
}

function Parts() {
  const [asked, ask] = useSearchParams();
  const part = NAMES.find((name) => name === asked.get('part')) ?? 'users';
  const Shown = PARTS[part];
  return (
    <div className={classes.page}>
      <Title order={1} size="h2" mb="md">
        {words.title}
      </Title>
      <Tabs value={part} onChange={(next) => ask(next === null ? {} : { part: next })} keepMounted={false}>
        <Tabs.List className={classes.tabs ?? ''}>
          {NAMES.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {words.parts[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={part} className={classes.panel ?? ''}>
          <Shown />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

function Forbidden() {
  const { title, text, action } = words.forbidden;
  return (
    <EmptyCase isPage title={title} text={text}>
      <Button component={Link} to="/gallery">
        {action}
      </Button>
    </EmptyCase>
  );
}
