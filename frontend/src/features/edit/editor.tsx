import { Loader } from '@mantine/core';
import { useState } from 'react';
import { useAccount } from '../../lib/api/session.ts';
import { useOperations, type Operation, type Recipe } from '../../lib/data/catalogue.ts';
import { useImage, type Image } from '../../lib/data/images.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { BenchPage } from './edit-page.tsx';
import { draftOf } from './draft.ts';
import classes from './editor.module.css';
import { byName } from './steps.ts';
import { useVersion } from './use-save.ts';

/** The edit page of one image, once all that it begins with is there. */
export function Editor({ id }: { id: string }) {
  const image = useImage(id);
  const operations = useOperations();
  // What is current when the page opens is what the draft begins with; later versions do not change it under way.
  const [start, setStart] = useState<string>();
  const current = start ?? image.data?.current_version;
  if (start === undefined && current !== undefined && !image.isFetching) setStart(current);
  const version = useVersion(id, start ?? '');
  const error = image.error ?? operations.error ?? version.error;
  const retry = () => void Promise.all([image.refetch(), operations.refetch(), start && version.refetch()]);
  if (error && !(image.data && operations.data)) return <ProblemNotice error={error} onRetry={retry} />;
  const isThere = start !== undefined && (start === '' || version.data !== undefined);
  if (!image.data || !operations.data || !isThere) {
    return version.error ? <ProblemNotice error={version.error} onRetry={retry} /> : <Waiting />;
  }
  const recipe = version.data?.recipe as Recipe | undefined;
  return (
    <Ready
      key={id}
      image={image.data}
      groups={operations.data.groups ?? []}
      operations={operations.data.items}
      version={start}
      recipe={recipe}
    />
  );
}

const Waiting = () => (
  <div className={classes.waiting}>
    <Loader />
  </div>
);

interface ReadyProps {
  readonly image: Image;
  readonly groups: readonly string[];
  readonly operations: readonly Operation[];
  readonly version: string;
  readonly recipe: Recipe | undefined;
}

function Ready({ image, groups, operations, version, recipe = { steps: [] } }: ReadyProps) {
  const user = useAccount().id;
  const [start] = useState(() => ({ version, draft: draftOf(recipe) }));
  const [known] = useState(() => byName(operations));
  return <BenchPage image={image} groups={groups} operations={known} user={user} start={start} />;
}
