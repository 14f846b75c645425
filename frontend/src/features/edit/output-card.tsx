import { Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconFile } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useOperations } from '../../lib/data/catalogue.ts';
import { ParamForm } from '../../params/param-form.tsx';
import classes from './stack.module.css';
import { digestOf } from './steps.ts';
import { OUTPUT } from './trouble.ts';
import type { Bench } from './use-bench.ts';
import { words } from './words.ts';

/** What file comes of it: always the last. */
export function OutputCard({ bench: { draft, drafting, trouble } }: { bench: Bench }) {
  const id = useId();
  const schema = useOperations().data?.output ?? {};
  const [isOpen, setOpen] = useState(false);
  const own = trouble?.key === OUTPUT ? trouble : undefined;
  const isShown = isOpen || own !== undefined;
  const format = draft.output['format'] ?? schema.properties?.['format']?.default;
  const digest = [String(format).toUpperCase(), digestOf(schema, { ...draft.output, format: undefined })].filter(
    (text) => text !== '',
  );
  return (
    <section className={classes.card} data-open={isShown} data-trouble={own !== undefined}>
      <div className={classes.head}>
        <IconFile size={18} stroke={1.6} className={classes.glyph} aria-hidden />
        <UnstyledButton
          className={classes.title}
          aria-expanded={isShown}
          aria-controls={id}
          onClick={() => setOpen(!isShown)}
        >
          <span className={classes.name}>{words.output.title}</span>
          <span className={classes.digest}>{digest.join(', ')}</span>
          <IconChevronDown size={18} stroke={1.6} className={classes.chevron} aria-hidden />
        </UnstyledButton>
      </div>
      <div id={id}>
        {isShown && (
          <div className={classes.settings}>
            <ParamForm
              schema={schema}
              values={draft.output}
              onChange={(output, how) => drafting.change({ type: 'output', output, how })}
              problems={own ? { [own.param]: own.text } : {}}
            />
            {own?.param === '' && (
              <Text role="alert" size="sm" className={classes.trouble}>
                {own.text}
              </Text>
            )}
          </div>
        )}
      </div>
    </section>
  );
}
