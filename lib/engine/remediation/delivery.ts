import type { RemediationRequest } from './request.ts';

/** One receive of a queue's message. */
export interface Delivery {
  /** The message's id: the same each time that it comes. */
  readonly message: string;
  /** How often it came, this time included. */
  readonly receive: number;
}
/** A request as the queue brought it. */
export type Delivered = RemediationRequest & { readonly delivery?: Delivery };

/** As often as the queue gives a message before it goes to the dead letters. */
export const mostReceives = 10;

/** Whether a request that fails now does not come again. */
export const isLastTry = ({ delivery }: Delivered): boolean =>
  delivery !== undefined && delivery.receive >= mostReceives;
