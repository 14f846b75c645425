import { Text } from '@mantine/core';
import {
  DndContext,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
  type Announcements,
  type CollisionDetection,
  type DragEndEvent,
  type UniqueIdentifier,
} from '@dnd-kit/core';
import { SortableContext, sortableKeyboardCoordinates, verticalListSortingStrategy } from '@dnd-kit/sortable';
import { IconAlertTriangle } from '@tabler/icons-react';
import { OutputCard } from './output-card.tsx';
import classes from './stack.module.css';
import { StepCard } from './step-card.tsx';
import { stepTitle } from './steps.ts';
import type { Bench } from './use-bench.ts';
import { words } from './words.ts';

/** Pixels: less is a press, not a drag. */
const DRAG_FROM_PX = 5;

/** What is done to the picture, from top to bottom, and what file comes of it. */
export function RecipeStack({ bench }: { bench: Bench }) {
  const { draft, drafting, warnings } = bench;
  const keys = draft.steps.map(({ key }) => key);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: DRAG_FROM_PX } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const drop = ({ active, over }: DragEndEvent) => {
    if (over) drafting.change({ type: 'move', key: String(active.id), to: keys.indexOf(String(over.id)) });
  };
  return (
    <>
      {warnings.length > 0 && draft.steps.length > 0 && <Warnings texts={warnings} />}
      {draft.steps.length === 0 && (
        <div className={classes.none}>
          <Text fw={500}>{words.step.none}</Text>
          <Text c="dimmed" size="sm">
            {words.step.noneText}
          </Text>
        </div>
      )}
      <DndContext
        sensors={sensors}
        collisionDetection={byEdge}
        onDragEnd={drop}
        accessibility={{
          announcements: announcementsOf(bench),
          screenReaderInstructions: { draggable: words.drag.how },
        }}
      >
        <SortableContext items={keys} strategy={verticalListSortingStrategy}>
          <ol className={classes.stack} aria-label={words.recipe}>
            {draft.steps.map((step) => (
              <StepCard key={step.key} step={step} bench={bench} />
            ))}
          </ol>
        </SortableContext>
      </DndContext>
      <OutputCard bench={bench} />
    </>
  );
}

/**
 * Steps differ much in height, so that middles mislead: the edge that goes ahead says between which others one is. Arrow
 * keys move it to the edge of the next.
 */
const byEdge: CollisionDetection = ({ active, collisionRect, droppableRects, droppableContainers }) => {
  const isDown = collisionRect.top > (active.rect.current.initial?.top ?? 0);
  const edgeOf = ({ top, bottom }: { top: number; bottom: number }) => (isDown ? bottom : top);
  return droppableContainers
    .flatMap(({ id }) => {
      const rect = droppableRects.get(id);
      return rect ? [{ id, data: { value: Math.abs(edgeOf(rect) - edgeOf(collisionRect)) } }] : [];
    })
    .sort((one, other) => one.data.value - other.data.value);
};

function Warnings({ texts }: { texts: readonly string[] }) {
  return (
    <ul className={classes.warnings} role="status">
      {texts.map((text) => (
        <li key={text}>
          <IconAlertTriangle size={18} stroke={1.6} aria-hidden />
          {text}
        </li>
      ))}
    </ul>
  );
}

function announcementsOf({ draft, operations }: Bench): Announcements {
  const all = draft.steps.length;
  const placeOf = (id: UniqueIdentifier) => draft.steps.findIndex(({ key }) => key === id) + 1;
  const titleOf = (id: UniqueIdentifier) =>
    stepTitle(draft.steps.find(({ key }) => key === id)?.operation ?? '', operations);
  return {
    onDragStart: ({ active }) => words.drag.picked(titleOf(active.id), placeOf(active.id), all),
    onDragOver: ({ active, over }) => (over ? words.drag.over(titleOf(active.id), placeOf(over.id), all) : undefined),
    onDragEnd: ({ active, over }) => (over ? words.drag.dropped(titleOf(active.id), placeOf(over.id), all) : undefined),
    onDragCancel: ({ active }) => words.drag.left(titleOf(active.id)),
  };
}
