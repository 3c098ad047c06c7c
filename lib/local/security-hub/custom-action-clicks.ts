import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { isRecord } from '../../support/untyped.ts';
import { UserError } from '../../support/user-error.ts';
import type { Answer, RawCall } from '../endpoint/call.ts';
import type { EventBus } from '../events/event-bus.ts';
import type { CustomActions } from './custom-actions.ts';
import { Refusal } from './refusal.ts';
import { customActionEvent } from './security-hub-actions.ts';
import type { SecurityHubStore } from './security-hub-store.ts';

export interface ClickOptions {
  readonly actions: CustomActions;
  readonly store: SecurityHubStore;
  readonly bus: EventBus;
  readonly region: string;
}
/** The id of a finding that is imported, or a finding as it is to be sent, which may be a stranger's. */
export type Chosen = string | Partial<AwsSecurityFinding>;

/** Sends what the console sends when somebody chooses a custom action for findings: an event for each. */
export type SendCustomAction = (actionId: string, findings: readonly Chosen[]) => Promise<void>;

export const customActionClicks = ({
  actions,
  store,
  bus,
  region,
}: ClickOptions): SendCustomAction => {
  const findingOf = (chosen: Chosen) => {
    if (typeof chosen !== 'string') return chosen;
    const found = store.findings.find(({ Id }) => Id === chosen);
    if (!found) throw new UserError(`Security Hub has no finding ${chosen}`);
    return found;
  };
  return async (actionId, chosen) => {
    const arn = actions.arnOf(actionId);
    const action = actions.find(arn);
    const findings = chosen.map(findingOf);
    const at = store.now();
    await Promise.all(
      findings.map((finding) => bus.emit(region, customActionEvent(arn, action, finding, at))),
    );
  };
};

/** Where a click is posted, as there is no console: no bucket may be called like this. */
export const clickPath = '/_local/custom-actions';

/** Answers `{"action": "PlumblineFix", "findings": ["…"]}` posted to the path; leaves all else alone. */
export const clickRoute =
  (send: SendCustomAction) =>
  async ({ method, path, body }: RawCall): Promise<Answer | undefined> => {
    if (path !== clickPath || method !== 'POST') return undefined;
    const [status, said] = await send(...clickIn(body)).then(
      () => [202, {}] as const,
      (error: unknown) => {
        if (!(error instanceof UserError || error instanceof Refusal)) throw error;
        return [400, { message: error.message }] as const;
      },
    );
    return {
      status,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(said),
    };
  };

const clickIn = (body: Buffer): [string, readonly string[]] => {
  const click = parsed(body);
  const { action, findings } = isRecord(click) ? click : {};
  const isClick = typeof action === 'string' && Array.isArray(findings);
  return isClick ? [action, findings.map(String)] : ['', []];
};
const parsed = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
};
