import type { Clients } from '../../../../lib/aws/clients.ts';

export const account = '123456789012';
export const region = 'us-east-1';
/** An image that the local AWS begins with: to ask for them all takes seconds. */
export const ImageId = 'ami-12c6146b';

/**
 * What turns a control that has no plan, on the local AWS: the resource passes once it is made, fails once it is wrong, and
 * passes again once it is right.
 */
export interface Turn {
  readonly control: string;
  /** Further controls of the type that the same calls turn. */
  readonly also?: readonly string[];
  readonly type: string;
  /** Makes a resource that passes, and answers its id. */
  make(clients: Clients): Promise<string>;
  /** Answers an id where another resource is wrong than the one that passed, since AWS does not change that. */
  wrong(clients: Clients, id: string): Promise<unknown>;
  right(clients: Clients, id: string): Promise<unknown>;
  /** What is wrong is then gone, or the control no longer asks about it: its finding is archived. @default it passes */
  readonly isArchived?: true;
}

export const controlsOf = ({ control, also = [] }: Turn): readonly string[] => [control, ...also];

let made = 0;
/** In small letters, and short: no other test of this process, nor of another, has taken it. */
export const nameOf = (prefix: string): string => {
  made += 1;
  return `${prefix}-${process.pid.toString(36)}${(Date.now() % 1e7).toString(36)}${made}`;
};
