/** Changing what is written on a picture, while others may do the same. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call, type BodyOf } from '../../lib/api/call.ts';
import { isProblem } from '../../lib/api/problem.ts';
import { rememberImage, useImagesChanged, type Image } from '../../lib/data/images.ts';
import { toast } from '../../ui/toast.ts';
import { words } from './words.ts';

export type ImageChange = BodyOf<'patch /images/:id'>;
export type Field = keyof ImageChange;

/** Somebody else wrote on the same field since it was read. */
export class Clash extends Error {
  readonly theirs: Image;
  readonly change: ImageChange;

  constructor(theirs: Image, change: ImageChange) {
    super('Somebody else changed the same');
    this.theirs = theirs;
    this.change = change;
  }
}

const FIELDS: readonly Field[] = ['title', 'sku', 'product_group', 'tags'];

/** The changed fields that somebody else changed as well. What was written to the same value is no clash. */
export const clashing = (read: Image, theirs: Image, change: ImageChange): Field[] =>
  FIELDS.filter((field) => change[field] !== undefined && !same(read[field], theirs[field])).filter(
    (field) => !same(theirs[field], change[field]),
  );

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const MOST_TRIES = 3;

interface Wanted {
  /** As it was when somebody began to type. */
  readonly read: Image;
  readonly change: ImageChange;
}

export function useImageChange() {
  const client = useQueryClient();
  const changed = useImagesChanged();
  const change = useMutation({
    mutationFn: ({ read, change }: Wanted) => save(read, change),
    onSuccess: (image) => {
      rememberImage(client, image);
      void changed();
    },
    onError: (error, wanted) => {
      if (error instanceof Clash) rememberImage(client, error.theirs);
      // What somebody typed is not lost with the connection.
      else toast({ message: error.message, tone: 'bad', undo: () => change.mutate(wanted), undoLabel: words.again });
    },
  });
  return change;
}

async function save(read: Image, change: ImageChange, tries = 1): Promise<Image> {
  const params = { id: read.id };
  try {
    return await call('patch /images/:id', { params, body: change, revision: read.revision });
  } catch (error) {
    if (!isProblem(error, 'precondition_failed') || tries === MOST_TRIES) throw error;
    const theirs = await call('get /images/:id', { params });
    if (clashing(read, theirs, change).length > 0) throw new Clash(theirs, change);
    return save(theirs, change, tries + 1);
  }
}
