/** Something that has to be done again and again. */
export interface Chore {
  /** As the log calls it. */
  readonly name: string;
  /** Does what there is to do, and tells how much that was. Several gateways may do it at once. */
  run(signal: AbortSignal): Promise<number>;
}
