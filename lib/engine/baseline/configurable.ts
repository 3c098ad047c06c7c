import type { Control, ControlId } from '../../model/control.ts';

/** A control as the baseline sees it. */
export type Configurable = Pick<
  Control,
  'standards' | 'parameters' | 'onlyWhereRemediating' | 'onlyWithAccounts'
> & {
  readonly id: ControlId;
};
