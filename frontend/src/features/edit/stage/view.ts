/** Where the picture lies on the stage: plain numbers, so that what is laid over it follows exactly. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point, Size {}

/** zoom 1 fits the stage. x and y: CSS pixels from the middle of the stage to the middle of the picture. */
export interface View extends Point {
  readonly zoom: number;
}

export const FITTED: View = { zoom: 1, x: 0, y: 0 };

const EDGE_PX = 20;
const LEAST_ZOOM = 0.25;
const MOST_ZOOM = 32;
/** Of a picture pushed aside, this much stays in sight. */
const KEPT_PX = 80;

export const between = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

/** The picture as large as it can be with some room around it. */
export function fittedSize(stage: Size, picture: Size): Size {
  const room = { width: Math.max(stage.width - 2 * EDGE_PX, 40), height: Math.max(stage.height - 2 * EDGE_PX, 40) };
  const scale = Math.min(room.width / picture.width, room.height / picture.height);
  return { width: picture.width * scale, height: picture.height * scale };
}

/** In CSS pixels from the top left of the stage. */
export function placed(view: View, stage: Size, picture: Size): Box {
  const fitted = fittedSize(stage, picture);
  const width = fitted.width * view.zoom;
  const height = fitted.height * view.zoom;
  return { x: (stage.width - width) / 2 + view.x, y: (stage.height - height) / 2 + view.y, width, height };
}

/** What lies under the point stays there. point: from the middle of the stage. */
export function zoomedAt(view: View, factor: number, point: Point = { x: 0, y: 0 }): View {
  const zoom = between(view.zoom * factor, LEAST_ZOOM, MOST_ZOOM);
  const real = zoom / view.zoom;
  return { zoom, x: point.x - (point.x - view.x) * real, y: point.y - (point.y - view.y) * real };
}

export const movedBy = (view: View, by: Point): View => ({ ...view, x: view.x + by.x, y: view.y + by.y });

/** The same view, moved so that some of the picture stays in sight. */
export function inSight(view: View, stage: Size, picture: Size): View {
  const fitted = fittedSize(stage, picture);
  const most_x = Math.max((stage.width + fitted.width * view.zoom) / 2 - KEPT_PX, 0);
  const most_y = Math.max((stage.height + fitted.height * view.zoom) / 2 - KEPT_PX, 0);
  return { zoom: view.zoom, x: between(view.x, -most_x, most_x), y: between(view.y, -most_y, most_y) };
}

/** The zoom at which one pixel of the picture is one pixel of the screen. */
export function trueZoom(stage: Size, picture: Size, density: number): number {
  return between(picture.width / density / fittedSize(stage, picture).width, LEAST_ZOOM, MOST_ZOOM);
}

/** Two fingers: what was between them stays between them. Points from the middle of the stage. */
export function pinched(view: View, before: readonly [Point, Point], now: readonly [Point, Point]): View {
  const [from, to] = [middleOf(before), middleOf(now)];
  const factor = distanceOf(now) / Math.max(distanceOf(before), 1);
  return movedBy(zoomedAt(view, factor, from), { x: to.x - from.x, y: to.y - from.y });
}

const middleOf = ([a, b]: readonly [Point, Point]): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
const distanceOf = ([a, b]: readonly [Point, Point]): number => Math.hypot(a.x - b.x, a.y - b.y);
