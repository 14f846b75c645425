/** Prints what docs/generate.py needs to know of the gateway, as one JSON object: its routes, problems and settings. */
import { z } from 'zod';
import { VARIABLES } from '../config.ts';
import { allRoutes } from '../contract/index.ts';
import { allowance } from '../contract/openapi/operation.ts';
import { PROBLEMS } from '../contract/problems.ts';

const routes = Object.values(allRoutes).map((route) => ({
  tag: route.tag,
  method: route.method.toUpperCase(),
  path: `/api/v1${route.path}`,
  summary: route.summary,
  access: allowance(route),
  problems: route.problems ?? [],
}));

const problems = Object.entries(PROBLEMS).map(([code, [status, meaning]]) => ({ code, status, meaning }));

const settings = Object.values(VARIABLES).map(({ name, shape, fallback, description, ...more }) => ({
  name,
  fallback,
  description,
  schema: z.toJSONSchema(shape, { io: 'output' }),
  shared: 'shared' in more && more.shared,
}));

process.stdout.write(`${JSON.stringify({ routes, problems, settings })}\n`);
