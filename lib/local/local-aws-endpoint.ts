import { cloudTrail } from './cloudtrail.ts';
import { type Endpoint, startEndpoint } from './endpoint.ts';
import { eventBus } from './event-bus.ts';
import { enforceIam } from './iam-enforcement.ts';
import type { CallCounts } from './local-aws-calls.ts';
import { account, type MotoClients } from './local-aws-clients.ts';
import { oneTableWriteAtATime } from './local-aws-order.ts';
import { staleReads } from './local-aws-settle.ts';
import { forwardTo } from './moto-client.ts';
import { securityHub } from './security-hub.ts';
import type { SecurityHubStore } from './security-hub-store.ts';
import type { Sts } from './sts.ts';
import { sessionArn } from './sts-identity.ts';

export interface EndpointParts {
  readonly port: number;
  readonly motoUrl: string;
  readonly clients: MotoClients;
  readonly sts: Sts;
  readonly store: SecurityHubStore;
  readonly calls: CallCounts;
  readonly settleMs: number;
  readonly isOurs: (roleArn: string) => boolean;
  readonly onTrouble: (sentence: string) => void;
}

/** The endpoint with all that it does in moto's place; who may not call is turned away before anything else. */
export const openEndpoint = async (parts: EndpointParts): Promise<Endpoint> => {
  const { sts, store } = parts;
  let isClosing = false;
  const { forward, close } = forwardTo(parts.motoUrl);
  const bus = eventBus(forward);
  const iam = enforceIam({
    account,
    iam: parts.clients.iam,
    sts,
    isOurs: parts.isOurs,
    onDenied: parts.onTrouble,
  });
  const hub = securityHub({
    account,
    store,
    callerArn: ({ accessKeyId = 'anonymous' }) => {
      const session = sts.sessionOf(accessKeyId);
      return session ? sessionArn(session) : `arn:aws:iam::${account}:user/${accessKeyId}`;
    },
  });
  const endpoint = await startEndpoint({
    port: parts.port,
    moto: { url: parts.motoUrl },
    before: [
      parts.calls.before,
      iam.before,
      sts.before,
      hub,
      oneTableWriteAtATime(),
      ...(parts.settleMs > 0 ? [staleReads(parts.settleMs)] : []),
    ],
    after: [iam.after, cloudTrail({ account, bus, identityOf: sts.identityOf })],
    onError: (error) => {
      if (!isClosing) parts.onTrouble(String(error));
    },
  });
  return {
    ...endpoint,
    close: async () => {
      // Whoever is in the middle of a call now is cut off.
      isClosing = true;
      await endpoint.close();
      close();
    },
  };
};
