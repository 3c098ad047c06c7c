import type { Service } from '../../model/control.ts';

/** How an AWS service writes requests and answers. */
export type Protocol = 'query' | 'ec2' | 'json1.0' | 'json1.1' | 'rest-json' | 'rest-xml';

/** One request as it came over the wire. */
export interface RawCall {
  readonly method: string;
  /** Path with query string, undecoded. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** A request that the run-time schemas of an SDK client know. */
export interface DecodedCall extends RawCall {
  readonly service: Service;
  readonly protocol: Protocol;
  /** The operation as the SDK names it, `PutPublicAccessBlock`. */
  readonly operation: string;
  /** What the SDK command's input would be: Date for timestamps, Uint8Array for blobs. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Absent from an unsigned request. */
  readonly accessKeyId?: string;
  readonly region: string;
  readonly requestId: string;
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly readOnly: boolean;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

/** Gives a decoded call to the hooks that follow and at last to moto; any other request goes straight to moto. */
export type Forward = (call: RawCall | DecodedCall) => Promise<Answer>;

/** Answers in moto's place, with or without asking it, or leaves the call to the next hook and at last to moto. */
export type Before = (
  call: DecodedCall,
  forward: Forward,
) => Answer | undefined | Promise<Answer | undefined>;

/**
 * Sees each decoded call with its answer, once the client has it; `output` is that of a write, SDK-shaped; undefined for an
 * error. `completed` is when it was answered.
 */
export type After = (
  call: DecodedCall,
  answer: Answer,
  output: unknown,
  completed: Date,
) => void | Promise<void>;
