import { EventBridge } from '@aws-sdk/client-eventbridge';
import { SQS } from '@aws-sdk/client-sqs';
import type { Forward } from '../../../lib/local/endpoint/call.ts';
import {
  type Endpoint,
  type EndpointOptions,
  startEndpoint,
} from '../../../lib/local/endpoint/endpoint.ts';
import { forwardTo } from '../../../lib/local/endpoint/moto-client.ts';
import { type EventBus, eventBus } from '../../../lib/local/events/event-bus.ts';
import { type Moto, startMoto } from '../../../lib/local/moto/moto.ts';

type Hooks = Pick<EndpointOptions, 'before' | 'after'>;
export interface TestEvent {
  readonly source: string;
  readonly 'detail-type': string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Record<string, unknown>;
}

export const credentials = { accessKeyId: 'AKIAALICE', secretAccessKey: 'secret' };

/** A moto and an endpoint in front of it for one test file. */
export const endpointForTests = (
  hooks: (parts: { forward: Forward; bus: EventBus; motoUrl: string }) => Hooks = () => ({}),
) => {
  let moto: Moto;
  let endpoint: Endpoint;
  let direct: ReturnType<typeof forwardTo>;
  const errors: unknown[] = [];
  beforeAll(async () => {
    moto = await startMoto();
    direct = forwardTo(moto.url);
    endpoint = await startEndpoint({
      port: 0,
      moto,
      ...hooks({ forward: direct.forward, bus: eventBus(direct.forward), motoUrl: moto.url }),
      onError: (error) => errors.push(error),
    });
  }, 30_000);
  afterAll(async () => {
    await endpoint?.close();
    direct?.close();
    await moto?.stop();
    expect(errors).toEqual([]);
  });
  const settings = (url: string) => ({ region: 'us-east-1', endpoint: url, credentials });
  return {
    url: () => endpoint.url,
    /** For a client whose calls go through the endpoint. */
    settings: () => settings(endpoint.url),
    /** For a client that asks moto itself. */
    direct: () => settings(moto.url),
    queue: () => eventQueue(settings(moto.url)),
  };
};

/** A queue that gets every event with a source of AWS's. */
const eventQueue = async (settings: object) => {
  const sqs = new SQS(settings);
  const events = new EventBridge(settings);
  const { QueueUrl } = await sqs.createQueue({ QueueName: 'events' });
  await events.putRule({ Name: 'all', EventPattern: '{"source":[{"prefix":"aws."}]}' });
  const Arn = 'arn:aws:sqs:us-east-1:123456789012:events';
  await events.putTargets({ Rule: 'all', Targets: [{ Id: 'queue', Arn }] });
  const take = async (): Promise<readonly TestEvent[]> => {
    const { Messages = [] } = await sqs.receiveMessage({
      QueueUrl,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: 2,
    });
    await Promise.all(
      Messages.map(({ ReceiptHandle }) => sqs.deleteMessage({ QueueUrl, ReceiptHandle })),
    );
    return Messages.map(({ Body = '' }) => JSON.parse(Body));
  };
  return {
    /** The next events, as many as are asked for. */
    next: async (count: number) => {
      const taken: TestEvent[] = [];
      for (let tries = 0; taken.length < count && tries < count + 2; tries += 1)
        taken.push(...(await take()));
      return taken;
    },
    /** Whatever comes within two seconds. */
    take,
  };
};
