import type { After, Before } from './call.ts';

export interface EndpointOptions {
  /** 0 for any free port. */
  readonly port: number;
  readonly moto: { readonly url: string };
  /** Asked in order; the first answer wins. */
  readonly before?: readonly Before[];
  readonly after?: readonly After[];
}
export interface Endpoint {
  readonly url: string;
  readonly port: number;
  /** Waits for the after hooks that still run. */
  close(): Promise<void>;
}

/** An AWS endpoint for every service on one loopback port, with moto behind it. */
export const startEndpoint = async (_options: EndpointOptions): Promise<Endpoint> => {
  throw new Error('not built yet');
};
