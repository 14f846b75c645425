/** Settings of the gateway. The only reader of the environment; all variables are checked at once. */
import { z } from 'zod';
import { weakness } from './weakness.ts';

const count = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const list = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(z.array(z.string()).transform((parts) => parts.filter((part) => part !== '')));
const origins = list.pipe(
  z.array(
    z.string().regex(/^https?:\/\/[A-Za-z0-9.-]+(:\d{1,5})?$/, 'Expected exact origins like https://shop.example'),
  ),
);
/** '' where a file holds it. */
const key = z.string().superRefine((text, context) => {
  const message = text === '' ? undefined : weakness(text);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});
const address = z.url({ protocol: /^https?$/, error: 'Expected a URL like http://127.0.0.1:8100' });

interface Variable<T extends z.ZodType> {
  readonly name: string;
  readonly shape: T;
  readonly fallback: string;
  readonly description: string;
  /** Read by the processing service as well, whose part of .env.example lists it. */
  readonly shared?: boolean;
  readonly secret?: boolean;
}
const variable = <T extends z.ZodType>(
  name: string,
  shape: T,
  fallback: string,
  description: string,
  more: Pick<Variable<T>, 'shared' | 'secret'> = {},
): Variable<T> => ({ name, shape, fallback, description, ...more });

export const VARIABLES = {
  data_dir: variable('VITRINE_DATA_DIR', z.string(), 'data', 'Folder for everything Vitrine writes.', { shared: true }),
  service_secret: variable('VITRINE_SERVICE_SECRET', key, '', 'Key that signs service tokens.', {
    shared: true,
    secret: true,
  }),
  log_level: variable(
    'VITRINE_LOG_LEVEL',
    z.enum(['debug', 'info', 'warning', 'error']),
    'info',
    'Least important log event.',
    {
      shared: true,
    },
  ),
  log_format: variable(
    'VITRINE_LOG_FORMAT',
    z.enum(['auto', 'json', 'console']),
    'auto',
    'JSON lines, or text for people.',
    { shared: true },
  ),
  host: variable('VITRINE_GATEWAY_HOST', z.string(), '127.0.0.1', 'Address the gateway listens on.'),
  port: variable('VITRINE_GATEWAY_PORT', count(0, 65535), '8080', 'TCP port the gateway listens on. 0: any free one.'),
  service_url: variable(
    'VITRINE_SERVICE_URL',
    address,
    'http://127.0.0.1:8100',
    'Where the gateway finds the processing service. `make up` sets it by itself.',
  ),
  mongodb_uri: variable(
    'MONGODB_URI',
    z.union([z.literal(''), z.string().regex(/^mongodb(\+srv)?:\/\//, 'Expected mongodb://…')]),
    '',
    'MongoDB for the metadata, with the name of the database. Empty: the file metadata.sqlite in VITRINE_DATA_DIR.',
    { secret: true },
  ),
  auth_secret: variable(
    'VITRINE_AUTH_SECRET',
    key,
    '',
    'Key that signs access tokens and share links, at least 32 random bytes. Empty: auth.secret in VITRINE_DATA_DIR, made at the first start.',
    { secret: true },
  ),
  registration: variable(
    'VITRINE_REGISTRATION',
    z.enum(['open', 'closed']),
    'open',
    'Whether people may make accounts themselves: open or closed. The first account can always be made; it is the admin.',
  ),
  access_token_s: variable('VITRINE_ACCESS_TOKEN_S', count(30, 3600), '600', 'Seconds an access token is good for.'),
  session_days: variable('VITRINE_SESSION_DAYS', count(1, 365), '30', 'Days after which an unused sign-in ends.'),
  trash_days: variable(
    'VITRINE_TRASH_DAYS',
    count(0, 3650),
    '30',
    'Days a picture stays in the trash before it is gone.',
  ),
  rate_limit: variable(
    'VITRINE_RATE_LIMIT',
    count(0, 1_000_000),
    '12000',
    'Requests a minute from one address before it is told to wait. 0: no limit.',
  ),
  trusted_proxies: variable(
    'VITRINE_TRUSTED_PROXIES',
    count(0, 10),
    '0',
    'Reverse proxies in front of the gateway, whose X-Forwarded-For is believed. 0, and listening on this machine alone: only its own names (localhost, 127.0.0.1) are answered.',
  ),
  open_compat: variable(
    'VITRINE_OPEN_COMPAT',
    z.enum(['loopback', 'off', 'on']),
    'loopback',
    'Whether /api/remove and /remove-bg answer without a key: loopback (where only this machine reaches the gateway), off or on.',
  ),
  origins: variable(
    'VITRINE_GATEWAY_ORIGINS',
    origins,
    '',
    'Origins whose pages may call the API from a browser, comma-separated. Empty: only the gateway’s own.',
  ),
} as const;

type Name = keyof typeof VARIABLES;
export type Settings = { readonly [N in Name]: z.output<(typeof VARIABLES)[N]['shape']> };

export class InvalidConfig extends Error {
  override readonly name = 'InvalidConfig';
}

/** Settings from the environment; an empty variable means its default. Throws InvalidConfig naming every bad one. */
export function loadSettings(environment: Readonly<Record<string, string | undefined>> = process.env): Settings {
  const complaints: string[] = [];
  const entries = Object.entries(VARIABLES).map(([name, { name: variableName, shape, fallback, ...about }]) => {
    const given = environment[variableName]?.trim() ?? '';
    const parsed = shape.safeParse(given === '' ? fallback : normal(variableName, given));
    if (!parsed.success) {
      const received = 'secret' in about && about.secret ? '' : `, received ${JSON.stringify(given)}`;
      complaints.push(`  ${variableName}: ${parsed.error.issues.map((issue) => issue.message).join('; ')}${received}`);
    }
    return [name, parsed.data];
  });
  if (complaints.length > 0) throw new InvalidConfig(`Bad settings:\n${complaints.join('\n')}`);
  return Object.fromEntries(entries) as Settings;
}

const normal = (name: string, given: string): string => (name.startsWith('VITRINE_LOG_') ? given.toLowerCase() : given);

/** The gateway's part of .env.example. */
export const exampleEnv = (): string =>
  Object.values(VARIABLES)
    .filter((one: Variable<z.ZodType>) => one.shared !== true)
    .map(({ name, fallback, description }) => `# ${description}\n${name}=${fallback}`)
    .join('\n\n') + '\n';
