import { Button, Text } from '@mantine/core';
import { IconBrush, IconRotate, IconTrash } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { Operation } from '../../lib/data/catalogue.ts';
import { defaultsOf, pictureToolOf, sameValue } from '../../params/control-of.ts';
import { ParamForm } from '../../params/param-form.tsx';
import classes from './stack.module.css';
import type { StepCardProps } from './step-card.tsx';
import { words } from './words.ts';

/** What is unfolded of a step: its controls, and what can be done with it as a whole. */
export function StepSettings({ step, bench }: StepCardProps) {
  const { drafting, operations, tool, showTool, openStep, trouble } = bench;
  const operation = operations.get(step.operation);
  const own = trouble?.key === step.key ? trouble : undefined;
  const remove = () => {
    openStep(undefined);
    drafting.change({ type: 'remove', key: step.key });
  };
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const card = place.current?.closest('li');
    card?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  }, []);
  return (
    <div ref={place} className={classes.settings}>
      {operation ? (
        <ParamForm
          schema={operation.params}
          values={step.params}
          onChange={(params, how) => drafting.change({ type: 'params', key: step.key, params, how })}
          onPicture={pictureToolOf(operation.params) && !tool ? showTool : undefined}
          problems={own && own.param !== '' ? { [own.param]: own.text } : {}}
        />
      ) : (
        <Text size="sm">{words.step.unknown}</Text>
      )}
      {own?.param === '' && (
        <Text role="alert" size="sm" className={classes.trouble}>
          {own.text}
        </Text>
      )}
      <div className={classes.deeds}>
        {operation?.painted_by && (
          <Button
            variant="light"
            leftSection={<IconBrush size={18} stroke={1.6} />}
            disabled={tool !== undefined}
            onClick={showTool}
          >
            {words.step.paint}
          </Button>
        )}
        {operation && <ResetButton step={step} operation={operation} bench={bench} />}
        <Button variant="subtle" color="gray" leftSection={<IconTrash size={18} stroke={1.6} />} onClick={remove}>
          {words.step.remove}
        </Button>
      </div>
    </div>
  );
}

function ResetButton({ step, operation, bench }: StepCardProps & { operation: Operation }) {
  const { required = [], properties = {} } = operation.params;
  // What has no default stays: there is nothing to put in its place.
  const kept = required.filter((name) => properties[name]?.default === undefined);
  const params = {
    ...defaultsOf(operation.params),
    ...Object.fromEntries(kept.filter((name) => name in step.params).map((name) => [name, step.params[name]])),
  };
  if (sameValue({ ...params, ...step.params }, params)) return null;
  return (
    <Button
      variant="subtle"
      color="gray"
      leftSection={<IconRotate size={18} stroke={1.6} />}
      onClick={() => bench.drafting.change({ type: 'params', key: step.key, params, how: 'final' })}
    >
      {words.step.reset}
    </Button>
  );
}
