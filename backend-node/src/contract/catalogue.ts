/** What recipes can be made of and held against, as the processing service tells it. */
import { z } from 'zod';
import { routes, type Route } from './route.ts';

const Catalogue = z.looseObject({ items: z.array(z.looseObject({})) });

const catalogue = <const Path extends Route['path']>(path: Path, summary: string, description: string) =>
  ({
    method: 'get',
    path,
    tag: 'operations',
    summary,
    access: { scope: 'process' },
    answers: {
      200: { description, body: Catalogue, headers: { ETag: 'Changes with the content.' } },
      304: { description: 'Not changed: If-None-Match has the ETag.' },
    },
    problems: ['processing_unavailable'],
  }) as const satisfies Route;

export const catalogueRoutes = routes({
  listOperations: catalogue(
    '/operations',
    'List the operations a recipe can have',
    'Operations with the JSON Schema of their parameters, and the groups in their order.',
  ),
  listPresets: catalogue('/presets', 'List the recipes that ship with a name', 'Presets with their recipes.'),
  listChannels: catalogue('/channels', 'List the marketplaces whose rules are known', 'Channels with their rules.'),
  listModels: catalogue('/models', 'List the networks and their licences', 'Networks; installed says which are here.'),
});
