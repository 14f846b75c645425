import { useEffect, useEffectEvent, useState } from 'react';
import type { ApiProblem } from '../../../lib/api/problem.ts';
import { useOperations, type Operation, type Recipe } from '../../../lib/data/catalogue.ts';
import type { Image } from '../../../lib/data/images.ts';
import type { Params, Told, Tool } from '../types.ts';
import { lookedAt, neededPx, ORIGINAL, savedSize } from './frames.ts';
import { cutOut, groundStyle, type Ground } from './ground.ts';
import { GroundMenu } from './ground-menu.tsx';
import classes from './stage.module.css';
import { Surface } from './surface.tsx';
import { Toolbar } from './toolbar.tsx';
import { kindOf } from './tools/kind.ts';
import { BarPlace } from './tools/tool-bar.tsx';
import { ToolOverlay } from './tools/tool-overlay.tsx';
import { useHeldKey } from './use-held-key.ts';
import { keyOf, useLooked, usePreviews, useWish } from './use-preview.ts';
import { useView } from './use-view.ts';

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

const NO_OPERATIONS: readonly Operation[] = [];
const SMALL_PX = 512;

/** The picture in the middle of the edit page: what the recipe makes of it, and the tool of the open step. */
export function Stage({ image, recipe, tool, onRendered, onWorking, onUseGround }: StageProps) {
  const operations = useOperations().data?.items ?? NO_OPERATIONS;
  const [barPlace, holdBar] = useState<HTMLElement | null>(null);
  const [ground, setGround] = useState<Ground>();
  const [split, setSplit] = useState(false);
  const [pressed, setPressed] = useState(false);
  const holding = useHeldKey('Backslash') || pressed;
  const kind = tool && kindOf(tool.operation);
  const onGround = kind === undefined ? ground : undefined;

  const below = kind === 'mask' ? ORIGINAL : kind ? tool.before : recipe;
  const wish = onGround ? cutOut(below, operations) : lookedAt(below);
  const previews = usePreviews(image);
  const { shown, working, problem } = useLooked(previews);
  const originals = usePreviews(image);
  const original = useLooked(originals).shown;

  const seen = holding ? original : shown;
  const saved = seen ? savedSize(seen, image) : image;
  const [element, holdStage] = useState<HTMLElement | null>(null);
  const view = useView(element, saved, kind === undefined);
  const screen_px = view.box ? Math.max(view.box.width, view.box.height) * window.devicePixelRatio : SMALL_PX;
  const sharp_px = neededPx(screen_px, shown);
  useWish(previews, wish, sharp_px);
  useWish(originals, ORIGINAL, split || holding || onGround?.kind === 'blur' ? sharp_px : SMALL_PX);
  const current = shown?.key === keyOf(wish) ? shown : undefined;
  const isRecipe = kind === undefined;
  useTell(isRecipe && current ? current.frame.told : undefined, isRecipe ? problem : undefined, onRendered);
  useWorking(working, onWorking);
  useReleased(ground?.kind === 'image' ? ground.url : undefined);

  return (
    <BarPlace value={barPlace}>
      <div className={classes.stage}>
        <div ref={holdBar} className={classes.bars} />
        <Surface
          image={image}
          onStage={holdStage}
          view={view}
          shown={shown?.frame}
          original={original?.frame}
          holding={holding}
          split={split && isRecipe}
          bare={kind === 'angle' && current !== undefined}
          ground={onGround && groundStyle(onGround, original?.frame.url)}
          checkered={onGround?.kind === 'checker'}
          problem={problem}
          onRetry={() => previews.again()}
        >
          {tool && kind && current && view.box && (
            <ToolOverlay
              key={`${tool.step.key} ${kind}`}
              kind={kind}
              tool={tool}
              image={image}
              operations={operations}
              saved={saved}
              frame={current.frame}
              box={view.box}
            />
          )}
        </Surface>
        <Toolbar view={view} saved={saved} split={split} onSplit={setSplit} busy={!isRecipe} onHold={setPressed}>
          <GroundMenu
            ground={ground}
            busy={!isRecipe}
            onChange={setGround}
            onUse={onUseGround}
            covered={onGround !== undefined && current !== undefined && !current.frame.transparent}
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
