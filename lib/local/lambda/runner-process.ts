import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface LocalFunction {
  /** For people: the handler's file. */
  readonly title: string;
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  /** `evaluate.handler` */
  readonly handler: string;
  /** Where the asset's bundled files lie. */
  readonly folder: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Lambda lets it be invoked in one chain of requests as often as it likes. @default - after 16 times no more */
  readonly isRecursive?: boolean;
}

/** What Lambda knows of one invocation. */
export interface Invocation {
  readonly requestId: string;
  /** The trace header. */
  readonly trace: string;
}

export interface ProcessOptions {
  readonly environment: Readonly<Record<string, string>>;
  /** Told of each line that the handler prints. */
  readonly onLine: (line: string) => void;
}

/** What a failed invocation gives in place of a result, as Lambda words it. */
export class InvocationError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

type Reply =
  | { readonly result: unknown }
  | {
      readonly error: { readonly name: string; readonly message: string; readonly stack?: string };
    };

const program = fileURLToPath(new URL('./runner-child.mjs', import.meta.url));

/** A warm process of one function. */
export class HandlerProcess {
  private readonly child: ChildProcess;
  private readonly target: LocalFunction;
  private gone = false;

  constructor(target: LocalFunction, options: ProcessOptions) {
    this.target = target;
    this.child = fork(program, [], {
      cwd: target.folder,
      env: {
        ...(process.env['PATH'] && { PATH: process.env['PATH'] }),
        TZ: ':UTC',
        LANG: 'en_US.UTF-8',
        ...target.environment,
        ...runtimeEnvironment(target),
        ...options.environment,
      },
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'json',
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      if (stream) createInterface({ input: stream }).on('line', options.onLine);
    this.child.on('exit', () => {
      this.gone = true;
    });
    // Without a listener the event of a process that cannot be started, or is asked when it has gone, would end ours.
    this.child.on('error', () => {
      this.gone = true;
    });
  }

  get alive() {
    return !this.gone;
  }

  /** One invocation; past the function's timeout the process is killed, as Lambda does. */
  invoke(event: unknown, invocation: Invocation): Promise<unknown> {
    const { arn, name, timeoutSeconds } = this.target;
    const deadline = Date.now() + timeoutSeconds * 1000;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        settle(() =>
          reject(
            new InvocationError(
              'Sandbox.Timedout',
              `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
            ),
          ),
        );
        this.kill();
      }, timeoutSeconds * 1000);
      const settle = (how: () => void) => {
        clearTimeout(timer);
        this.child.off('message', onMessage);
        this.child.off('exit', onExit);
        this.child.off('error', onError);
        how();
      };
      const onMessage = (message: unknown) => {
        const reply = message as Reply;
        settle(() =>
          'error' in reply
            ? reject(new InvocationError(reply.error.name, reply.error.message))
            : resolve(reply.result),
        );
      };
      const onExit = (code: number | null) =>
        settle(() =>
          reject(
            new InvocationError('Runtime.ExitError', `Runtime exited with ${code ?? 'a signal'}`),
          ),
        );
      const onError = ({ message }: Error) =>
        settle(() => reject(new InvocationError('Runtime.ExitError', message)));
      this.child.on('message', onMessage);
      this.child.on('exit', onExit);
      this.child.on('error', onError);
      const logGroup = `/aws/lambda/${name}`;
      this.child.send({ event, ...invocation, functionArn: arn, deadline, logGroup });
    });
  }

  kill() {
    this.gone = true;
    this.child.kill('SIGKILL');
  }

  /** Ends the process and waits until it is gone. */
  async stop() {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = new Promise((resolve) => this.child.once('exit', resolve));
    this.kill();
    await exited;
  }
}

// https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
const runtimeEnvironment = ({ name, handler, folder, memoryMb }: LocalFunction) => ({
  _HANDLER: handler,
  LAMBDA_TASK_ROOT: folder,
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
  AWS_LAMBDA_LOG_STREAM_NAME: `local/[$LATEST]${process.pid}`,
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  // Lambda runs a newer Node; here the warning would be a line of every handler.
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${process.versions.node.split('.')[0]}.x`,
});
