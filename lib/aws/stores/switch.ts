import type { SSM } from '@aws-sdk/client-ssm';
import { isSameWrite, switchedOn, switchWord } from '../../resources/account/switch-word.ts';
import { attempted, codeOf } from '../errors.ts';
import type { LetGo, LetGoLog } from './let-go.ts';

/** How the kill switch stands. */
export interface SwitchState {
  readonly isOn: boolean;
  /** What its parameter says, which turns off and never on. */
  readonly value: string;
  /** When that was written. */
  readonly since: string | undefined;
  /** Who has turned it on, while it is on. */
  readonly on?: LetGo;
}
/**
 * The kill switch. Whoever may write its parameter stops everything: any write does. It is on again only by an
 * operator's word in the ledger on that very write.
 */
export interface Switch {
  /** Throws where it cannot be read. */
  state(): Promise<SwitchState>;
  /** False where somebody wrote the parameter meanwhile: that stops. */
  turnOn(by: Pick<LetGo, 'by' | 'session' | 'at'>): Promise<boolean>;
}
export interface SwitchOptions {
  readonly ssm: () => Promise<SSM>;
  readonly parameter: () => string;
  readonly log: LetGoLog;
}

const on = switchedOn;
const what = switchWord;

export const createSwitch = ({ ssm, parameter, log }: SwitchOptions): Switch => {
  const read = async () => {
    const { Parameter } = await (await ssm()).getParameter({ Name: parameter() });
    return {
      value: Parameter?.Value ?? '',
      version: Parameter?.Version ?? 0,
      since: Parameter?.LastModifiedDate?.toISOString(),
    };
  };
  const state = async (): Promise<SwitchState> => {
    const { value, version, since } = await read();
    const off = { isOn: false, value, since };
    if (value !== on || since === undefined) return off;
    const word = await log.latest(what);
    return word && isSameWrite({ version, at: since }, word.parameter)
      ? { isOn: true, value, since, on: word }
      : off;
  };
  return {
    state,
    async turnOn(by) {
      const before = await attempted(state);
      const isGone = 'failure' in before && codeOf(before.failure) === 'ParameterNotFound';
      if ('failure' in before && !isGone) throw before.failure;
      // Written again it would stop for a moment what is under way.
      if ('value' in before && before.value.isOn) return true;
      const put = { Name: parameter(), Value: on, Type: 'String', Overwrite: true } as const;
      const { Version } = await (await ssm()).putParameter(put);
      const { value, version, since } = await read();
      if (version !== Version || value !== on || since === undefined) return false;
      await log.keep({ what, ...by, parameter: { version, at: since } });
      return true;
    },
  };
};
