import { Skeleton } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { sentenceOf, useModels, type Model } from '../../lib/data/catalogue.ts';
import { formatBytes } from '../../lib/format.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import classes from './admin.module.css';
import { Sheet } from './sheet.tsx';
import { Status } from './status.tsx';
import { words } from './words.ts';

export function Models() {
  const { data, error, refetch } = useModels();
  if (error && !data) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={240} />;
  if (data.items.length === 0) return <p>{words.models.none}</p>;
  return (
    <>
      <Sheet label={words.parts.models} columns={Object.values(words.models.columns)}>
        {data.items.map((model) => (
          <ModelRow key={model.id} model={model} />
        ))}
      </Sheet>
      {data.items.some(({ installed }) => !installed) && <p className={classes.hint}>{words.models.hint}</p>}
    </>
  );
}

function ModelRow({ model }: { model: Model }) {
  const { installed, title, task, bytes, license_weights, license_package, registry, package: name, version } = model;
  const { columns } = words.models;
  return (
    <tr>
      <td>
        <Status
          icon={installed ? IconCircleCheck : IconCircleDashed}
          tone={installed ? 'good' : 'plain'}
          word={installed ? words.models.installed : words.models.missing}
        />
      </td>
      <td>
        {title}
        {model.default && <div className={classes.small}>{words.models.usual}</div>}
      </td>
      <td data-label={columns.task}>{sentenceOf(task)}</td>
      <td data-label={columns.bytes} style={{ whiteSpace: 'nowrap' }}>
        {formatBytes(bytes)}
      </td>
      <td data-label={columns.weights}>{license_weights}</td>
      <td data-label={columns.package}>{license_package}</td>
      <td data-label={columns.from} className={classes.small}>
        {registry}: {name} {version}
      </td>
    </tr>
  );
}
