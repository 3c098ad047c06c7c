import type { Answer, DecodedCall } from './call.ts';

export interface WireError {
  /** The code as the service's SDK reports it, `NoSuchBucket`. */
  readonly code: string;
  readonly message: string;
  readonly status: number;
}

/** An error in the form that the call's service answers in. */
export const errorAnswer = (_call: DecodedCall, _error: WireError): Answer => {
  throw new Error('not built yet');
};

/** An SDK-shaped output in the form that the call's service answers in. */
export const okAnswer = (
  _call: DecodedCall,
  _output: Readonly<Record<string, unknown>>,
): Answer => {
  throw new Error('not built yet');
};
