import { useEffect, useEffectEvent, useState } from 'react';
import type { ApiProblem } from '../../../lib/api/problem.ts';
import type { Recipe } from '../../../lib/data/catalogue.ts';
import type { Image } from '../../../lib/data/images.ts';
import type { Params, Told, Tool } from '../types.ts';
import { groundStyle, type Ground } from './ground.ts';
import { GroundMenu } from './ground-menu.tsx';
import classes from './stage.module.css';
import { Surface } from './surface.tsx';
import { Toolbar } from './toolbar.tsx';
import { BarPlace } from './tools/tool-bar.tsx';
import { ToolOverlay } from './tools/tool-overlay.tsx';
import { useHeldKey } from './use-held-key.ts';
import { usePictures } from './use-pictures.ts';

export interface StageProps {
  readonly image: Image;
  /** The enabled steps of the draft. */
  readonly recipe: Recipe;
  readonly tool: Tool | undefined;
  /** Of the recipe, not of what a tool is laid over. */
  readonly onRendered: (told: Told | undefined, problem: ApiProblem | undefined) => void;
  /** Something newer or sharper is on its way. */
  readonly onWorking?: (working: boolean) => void;
  /** Somebody wants the ground they look at to be part of the recipe. */
  readonly onUseGround?: (params: Params) => void;
}

/** The picture in the middle of the edit page: what the recipe makes of it, and the tool of the open step. */
export function Stage({ image, recipe, tool, onRendered, onWorking, onUseGround }: StageProps) {
  const [barPlace, holdBar] = useState<HTMLElement | null>(null);
  const [chosen, choose] = useState<Ground>();
  const [split, setSplit] = useState(false);
  const [pressed, setPressed] = useState(false);
  const holding = useHeldKey('Backslash') || pressed;
  const pictures = usePictures({ image, recipe, tool, chosen, holding, split });
  const { kind, current, ground, view, saved, problem, original } = pictures;
  const isFree = kind === undefined;
  useTell(isFree ? current?.told : undefined, isFree ? problem : undefined, onRendered);
  useWorking(pictures.working, onWorking);
  useReleased(chosen?.kind === 'image' ? chosen.url : undefined);
  return (
    <BarPlace value={barPlace}>
      <div className={classes.stage}>
        <div ref={holdBar} className={classes.bars} />
        <Surface
          image={image}
          onStage={pictures.onStage}
          view={view}
          shown={pictures.shown?.frame}
          original={original}
          holding={holding}
          split={split && isFree}
          bare={kind === 'angle' && current !== undefined}
          ground={ground && groundStyle(ground, original?.url)}
          checkered={ground?.kind === 'checker'}
          problem={problem}
          onRetry={pictures.again}
        >
          {tool && kind && current && view.box && (
            <ToolOverlay
              key={`${tool.step.key} ${kind}`}
              kind={kind}
              tool={tool}
              image={image}
              operations={pictures.operations}
              saved={saved}
              frame={current}
              box={view.box}
            />
          )}
        </Surface>
        <Toolbar view={view} saved={saved} split={split} onSplit={setSplit} busy={!isFree} onHold={setPressed}>
          <GroundMenu
            ground={chosen}
            busy={!isFree}
            onChange={choose}
            onUse={onUseGround}
            covered={ground !== undefined && current !== undefined && !current.transparent}
          />
        </Toolbar>
      </div>
    </BarPlace>
  );
}

function useTell(told: Told | undefined, problem: ApiProblem | undefined, onRendered: StageProps['onRendered']): void {
  const tell = useEffectEvent(onRendered);
  useEffect(() => {
    if (told || problem) tell(told, problem);
  }, [told, problem]);
}

function useWorking(working: boolean, onWorking: StageProps['onWorking']): void {
  const tell = useEffectEvent((now: boolean) => onWorking?.(now));
  useEffect(() => tell(working), [working]);
}

/** An address of a file of this device is given back once nobody looks at it. */
function useReleased(url: string | undefined): void {
  useEffect(() => {
    if (url === undefined) return;
    return () => URL.revokeObjectURL(url);
  }, [url]);
}
