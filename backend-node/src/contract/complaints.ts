/** What is said about a value of the wrong shape: what was expected, and what came. Importing it is enough. */
import { z } from 'zod';

const MOST_SHOWN = 60;

const NOUNS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

const UNITS: Readonly<Record<string, string>> = {
  string: ' characters',
  array: ' items',
  set: ' items',
  file: ' bytes',
};

z.config({ customError: (issue) => complaintOf(issue) });

/** Undefined leaves it to zod. A shape that says something itself is heard first. */
function complaintOf(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return `Expected ${NOUNS[issue.expected] ?? issue.expected}, received ${shown(issue.input)}`;
    case 'too_small':
      return `Expected ${bound('at least', issue.minimum, issue.inclusive ?? true, issue.origin)}, received ${sizeOf(issue.input)}`;
    case 'too_big':
      return `Expected ${bound('at most', issue.maximum, issue.inclusive ?? true, issue.origin)}, received ${sizeOf(issue.input)}`;
    case 'invalid_value':
      return `Expected ${issue.values.map(String).join(' or ')}, received ${shown(issue.input)}`;
    case 'unrecognized_keys':
      return `Expected no other fields, received ${issue.keys
        .slice(0, 10)
        .map((key) => key.slice(0, MOST_SHOWN))
        .join(', ')}`;
    case 'invalid_format':
      return `Expected ${issue.format === 'email' ? 'an email address' : issue.format}, received ${shown(issue.input)}`;
    case 'invalid_union':
      return `Expected one of the documented shapes, received ${shown(issue.input)}`;
    default:
      return undefined;
  }
}

function bound(words: string, limit: number | bigint, inclusive: boolean, origin: string): string {
  const exactly = inclusive ? words : words === 'at least' ? 'more than' : 'less than';
  return `${exactly} ${limit}${UNITS[origin] ?? ''}`;
}

function sizeOf(value: unknown): string {
  if (typeof value === 'string' || Array.isArray(value)) return String(value.length);
  return shown(value);
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number') return Number.isNaN(value) ? 'something that is no number' : String(value);
  if (typeof value === 'string') return JSON.stringify(value.slice(0, MOST_SHOWN));
  if (value === null || typeof value === 'boolean') return String(value);
  return Array.isArray(value) ? 'a list' : 'an object';
}
