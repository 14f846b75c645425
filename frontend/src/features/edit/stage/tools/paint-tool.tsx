import { Loader, Text } from '@mantine/core';
import { useEffect, useEffectEvent, useState } from 'react';
import { useExternal } from '../../../../lib/api/external.ts';
import type { Operation } from '../../../../lib/data/catalogue.ts';
import type { Image } from '../../../../lib/data/images.ts';
import { useKeys } from '../../../../ui/keys.tsx';
import { tellProblem, toast } from '../../../../ui/toast.ts';
import type { Params } from '../../types.ts';
import { MOST_PX } from '../frames.ts';
import stage from '../stage.module.css';
import { between } from '../view.ts';
import { words } from '../words.ts';
import { paramOf, painterOf } from './kind.ts';
import { foundMask, keepMask } from './mask-files.ts';
import { emptyMask, paintedSize } from './mask.ts';
import { PaintBar } from './paint-bar.tsx';
import { PaintCanvas, type BrushChoice } from './paint-canvas.tsx';
import { Painting } from './painting.ts';
import { ToolBar } from './tool-bar.tsx';
import type { ToolProps } from './tool-props.ts';
import { useStrokeKeys } from './use-stroke-keys.ts';

const SIZES_PX = { least: 4, most: 300, first: 44, step: 1.25 };

interface PaintToolProps extends ToolProps {
  readonly image: Image;
  readonly operations: readonly Operation[];
}

/** Painting on the original what belongs to the product. */
export default function PaintTool(props: PaintToolProps) {
  const painting = useFound(props);
  if (painting) return <Ready {...props} painting={painting} />;
  return (
    <>
      <span className={stage.label} role="status">
        <Loader size={14} mr={8} />
        {words.findingMask}
      </span>
      <ToolBar title={words.paintTitle} onDone={undefined} onCancel={props.tool.close} />
    </>
  );
}

/** The mask it begins with: what the steps find now. */
function useFound({ image, tool }: PaintToolProps): Painting | undefined {
  const [painting, setPainting] = useState<Painting>();
  const giveUp = useEffectEvent((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') return;
    tellProblem(error);
    tool.close();
  });
  const { operation, params } = tool.step;
  // Where nothing was painted yet, what the steps before found is a start.
  const name = paramOf(tool.operation, 'mask');
  const isReady = name === undefined || typeof params[name] === 'string';
  const steps = JSON.stringify(isReady ? [...tool.before.steps, { operation, params }] : tool.before.steps);
  useEffect(() => {
    if (painting) return;
    const ending = new AbortController();
    const size = paintedSize(image, MOST_PX);
    const begin = async () => {
      const found = await foundMask(image.id, JSON.parse(steps) as [], size, ending.signal);
      if (!found) toast({ message: words.paintNothing });
      setPainting(new Painting(found ?? emptyMask(size)));
    };
    begin().catch(giveUp);
    return () => ending.abort();
  }, [image, steps, painting]);
  return painting;
}

function Ready(props: PaintToolProps & { readonly painting: Painting }) {
  const { tool, painting, image, operations, box } = props;
  const painter = operations.find(({ name }) => name === painterOf(tool.operation));
  const [brush, setBrush] = useState<BrushChoice>({ size_px: SIZES_PX.first, softness: 0.25, erase: false });
  const [tintProduct, setTintProduct] = useState(false);
  const [edge, setEdge] = useState<Params>(() => edgeOf(painter, tool.step.params));
  const [busy, setBusy] = useState(false);
  const { changed } = useExternal(painting);
  const grow = (factor: number) =>
    setBrush((now) => ({ ...now, size_px: between(now.size_px * factor, SIZES_PX.least, SIZES_PX.most) }));
  useStrokeKeys(painting);
  useKeys(words.paintTitle, [
    { keys: '[', does: `${words.brushSize} −`, run: () => grow(1 / SIZES_PX.step) },
    { keys: ']', does: `${words.brushSize} +`, run: () => grow(SIZES_PX.step) },
    { keys: 'X', does: `${words.add} / ${words.erase}`, run: () => setBrush((now) => ({ ...now, erase: !now.erase })) },
  ]);
  const keep = async () => {
    const name = painter && paramOf(painter, 'mask');
    if (painter && name !== undefined && changed) {
      const blob = await keepMask(image.id, painting.mask);
      tool.replace({ operation: painter.name, params: { ...edge, [name]: blob } });
    } else tool.change({ ...tool.step.params, ...edge }, 'final');
    tool.close();
  };
  const done = () => {
    setBusy(true);
    keep()
      .catch(tellProblem)
      .finally(() => setBusy(false));
  };
  return (
    <>
      <PaintCanvas painting={painting} brush={brush} tintProduct={tintProduct} shown_px={box.width} />
      <PaintBar
        painting={painting}
        painter={painter}
        brush={brush}
        onBrush={setBrush}
        sizes_px={SIZES_PX}
        edge={edge}
        onEdge={setEdge}
        tintProduct={tintProduct}
        onTintProduct={setTintProduct}
        name={image.name}
        busy={busy}
        onDone={done}
        onCancel={tool.close}
      />
      {busy && (
        <Text className={stage.label} role="status">
          {words.savingMask}
        </Text>
      )}
    </>
  );
}

/** What the painted mask's step takes over from the one that found the product. */
function edgeOf(painter: Operation | undefined, params: Params): Params {
  const names = Object.keys(painter?.params.properties ?? {});
  return Object.fromEntries(names.filter((name) => name in params).map((name) => [name, params[name]]));
}
