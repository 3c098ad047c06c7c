import { quickToCopy } from '../support/quick-to-copy.ts';

/** One call, from what it asks to what it is answered. */
type Call = (asked: object) => Promise<{ readonly output: unknown }>;
type Context = Readonly<Record<string, unknown>>;
/** What the SDK puts before a request: it is made for each call anew, by what it is put before and by the call's context. */
type Middleware = (next: Call, context: Context) => Call;
interface Stack {
  remove(name: string): boolean;
  concat(own: Stack): Stack;
  add(middleware: Middleware, options: object): void;
  addRelativeTo(middleware: Middleware, options: object): void;
  applyToStack(other: Pick<Stack, 'add' | 'addRelativeTo'>): void;
  resolve(request: Call, context: Context): Call;
}
/** What goes through the chain. */
type Sent = object;
interface Command {
  /** That of the table's client, around which one of documents is. */
  readonly clientCommand?: Sent;
  readonly constructor: new (input: object) => Command;
  readonly middlewareStack: Stack;
  resolveMiddleware(stack: object, config: object, options: undefined): unknown;
}
/** A client of the SDK, as far as its calls are made here. */
interface Client {
  readonly config: object;
  readonly middlewareStack: Stack;
  send(command: Command, ...others: readonly unknown[]): unknown;
}

/** What the calls of one command have in common. */
interface Chain {
  /** In the order in which each is put before the ones that were. */
  readonly middlewares: readonly Middleware[];
  readonly request: Call;
  /** As it is before a middleware has written into it. */
  readonly context: Context;
}

/** Where the context says what belongs to the SDK itself. */
const ofSdk = '__smithy_context';

/**
 * The middlewares of a stack, in the order in which the SDK takes them.
 * @param noted an empty stack
 */
const inOrder = (stack: Stack, noted: Stack): readonly Middleware[] => {
  const order: Middleware[] = [];
  const noting = (middleware: Middleware, options: object): [Middleware, object] => {
    const note: Middleware = (next) => {
      order.push(middleware);
      return next;
    };
    // The SDK hands over a middleware among its options as well, and takes that one.
    return [note, { ...options, middleware: note }];
  };
  stack.applyToStack({
    add: (middleware, options) => noted.add(...noting(middleware, options)),
    addRelativeTo: (middleware, options) => noted.addRelativeTo(...noting(middleware, options)),
  });
  noted.resolve(() => Promise.reject(new Error('no call is made')), {});
  return order;
};

const chainOf = ({ middlewareStack, config }: Client, command: Command): Chain | undefined => {
  let chain: Chain | undefined;
  const noting = (stack: Stack) => ({
    concat: (own: Stack) => noting(stack.concat(own)),
    resolve(request: Call, context: Context): Call {
      // Before a command is sent its own stack is empty.
      const { middlewareStack: empty } = new command.constructor({});
      chain = { middlewares: inOrder(stack, empty), request, context };
      return request;
    },
  });
  command.resolveMiddleware(noting(middlewareStack), config, undefined);
  return chain;
};

const callOf = ({ middlewares, request, context }: Chain, commandInstance: Sent): Call => {
  const own = { ...context, [ofSdk]: { ...Object(context[ofSdk]), commandInstance } };
  return middlewares.reduce((next, middleware) => middleware(next, own), request);
};

/**
 * The same client, which finds once for each command what its calls pass through: the SDK puts that together, and in order,
 * for each call anew, which is a tenth of what a call takes. Its own `cacheMiddleware` also keeps the context, in which the
 * endpoint of a bucket stands: of two calls at the same time one would go to the other's bucket. Here each has its own.
 */
export const keepingChains = <C>(client: C): C => {
  const sdk = client as unknown as Client;
  // The SDK copies all settings of a client three times for each call.
  quickToCopy(sdk.config);
  // It copies what is asked and answered without what is secret, also where nobody logs, as here.
  sdk.middlewareStack.remove('loggerMiddleware');
  const whole = sdk.send.bind(sdk);
  const chains = new WeakMap<object, Chain>();
  sdk.send = async (command, ...others) => {
    // What is said of one call alone, such as when to end it, is part of what it passes through.
    if (others.some((one) => one !== undefined)) return whole(command, ...others);
    const known = chains.get(command.constructor) ?? chainOf(sdk, command);
    if (known === undefined) return whole(command);
    chains.set(command.constructor, known);
    const sent = command.clientCommand ?? command;
    const { output } = await callOf(known, sent)(sent);
    return output;
  };
  return client;
};
