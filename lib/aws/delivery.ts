import type { Ask } from '../engine/ask.ts';

/** One receive of a queue's message. */
export interface Delivery {
  /** The message's id: the same each time that it comes. */
  readonly message: string;
  /** How often it came, this time included. */
  readonly receive: number;
}
/** An ask as the queue brought it. */
export type Delivered = Ask & { readonly delivery?: Delivery };
