import { type Evidence, fail, notApplicable, pass, type Verdict } from '../../../model/control.ts';

interface Listener {
  readonly protocol: string | undefined;
}

/**
 * A verdict over the listeners that are asked about; what is wrong with one is `undefined` where nothing is.
 * @param none what it is where there are none; a text says why it is not applicable
 */
export const evaluateListeners = <L extends Listener>(
  listeners: readonly L[],
  {
    isAsked,
    none,
    reason,
    faultOf,
  }: {
    isAsked(listener: NoInfer<L>): boolean;
    readonly none: string | typeof pass;
    readonly reason: string;
    faultOf(listener: NoInfer<L>): (Omit<Evidence, 'path'> & { readonly of: string }) | undefined;
  },
): Verdict => {
  if (!listeners.some(isAsked)) return typeof none === 'string' ? notApplicable(none) : none;
  const faults = listeners.flatMap((listener, index) => {
    const fault = isAsked(listener) ? faultOf(listener) : undefined;
    if (!fault) return [];
    const { of, ...evidence } = fault;
    return [{ path: `listeners[${index}].${of}`, ...evidence }];
  });
  return faults.length === 0 ? pass : fail(reason, faults);
};

/** Whether a listener ends TLS: HTTPS of an Application Load Balancer, TLS of a Network Load Balancer. */
export const endsTls = ({ protocol }: Listener): boolean =>
  protocol === 'HTTPS' || protocol === 'TLS';
