import type { Sdk, Service } from '../model/control.ts';
import type { ClientSettings } from '../services/service.ts';
import { keepingChains } from './kept-chains.ts';
import { serviceNamed } from './services.ts';

export interface ClientOptions extends Omit<ClientSettings, 'requestHandler'> {
  /** Seconds that AWS has for an answer. @default 5 */
  readonly answerSeconds?: number;
  /**
   * `adaptive`: after a service has throttled, calls to it are held back to the rate that it takes.
   * @default 'standard'
   */
  readonly retryMode?: 'standard' | 'adaptive';
}
export type Clients = <S extends Service>(service: S) => Promise<Sdk[S]>;

/** Seconds that AWS has for an answer, where nothing else is said. */
export const usualAnswerSeconds = 5;

const settingsOf = ({
  region,
  endpoint,
  credentials,
  maxAttempts = 3,
  answerSeconds = usualAnswerSeconds,
  retryMode,
}: ClientOptions) => ({
  region,
  maxAttempts,
  ...(retryMode === undefined ? {} : { retryMode }),
  ...(endpoint === undefined ? {} : { endpoint }),
  ...(credentials === undefined ? {} : { credentials }),
  // A call that hangs must not eat the 10 seconds that a change has. Without throwOnRequestTimeout the SDK only warns:
  // https://github.com/smithy-lang/smithy-typescript/blob/main/packages/node-http-handler/src/node-http-handler.ts
  requestHandler: {
    // A process that gets little of the processor sees late that it is connected.
    connectionTimeout: answerSeconds * 200,
    requestTimeout: answerSeconds * 1_000,
    throwOnRequestTimeout: true,
  },
});

/** One client per service, loaded when first asked for and kept. */
export const sdkClients = (options: ClientOptions): Clients => {
  const settings = settingsOf(options);
  const made = new Map<Service, Promise<unknown>>();
  const load = async (service: Service): Promise<unknown> => {
    const { connect } = await serviceNamed(service);
    return keepingChains(
      await connect(settings, options.endpoint ?? process.env['AWS_ENDPOINT_URL']),
    );
  };
  return <S extends Service>(service: S) => {
    const known = made.get(service) ?? load(service);
    made.set(service, known);
    return known as Promise<Sdk[S]>;
  };
};
