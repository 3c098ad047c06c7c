import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Bundled, bundledHere } from './bundled.ts';
import { environmentFor, functionArn, idOf, type Kind, recordOf } from './events.ts';
import { startStub } from './stub.ts';

type Stub = Awaited<ReturnType<typeof startStub>>;
type Handle = (
  event: object,
  context: object,
) => Promise<{ readonly batchItemFailures: readonly unknown[] }>;

/** The function that evaluates, in this process, against a stub. */
export interface StubbedEvaluate {
  readonly stub: Stub;
  /** Gives it one event on the same resource of a kind; throws where it did not take it. */
  take(kind: Kind): Promise<void>;
}

/**
 * Uses the function that evaluates in a copy of its bundle: a handler keeps what it was started with.
 * @param options of the stub
 * @param environment beside what the stub needs
 */
export const withEvaluate = async <T>(
  options: Parameters<typeof startStub>[0],
  environment: Readonly<Record<string, string>>,
  use: (evaluate: StubbedEvaluate) => Promise<T>,
  bundled: Bundled = bundledHere,
): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-bench-'));
  const stub = await startStub(options);
  try {
    const made = await bundled(folder);
    Object.assign(process.env, environmentFor(stub.url, made), environment);
    const { href } = pathToFileURL(join(made, 'evaluate.mjs'));
    const { handler }: { handler: Handle } = await import(href);
    const take = async (kind: Kind): Promise<void> => {
      const event = { Records: [recordOf(kind, idOf[kind])] };
      const { batchItemFailures } = await handler(event, { invokedFunctionArn: functionArn });
      if (batchItemFailures.length > 0) throw new Error(`the ${kind} event failed`);
    };
    return await use({ stub, take });
  } finally {
    await stub.stop();
    await rm(folder, { recursive: true, force: true });
  }
};
