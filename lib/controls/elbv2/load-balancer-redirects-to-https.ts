import { defineControl, pass } from '../../model/control.ts';
import { loadBalancer } from '../../resources/elbv2/load-balancer.ts';
import { outOfScope } from './shared/kinds.ts';
import { evaluateListeners } from './shared/listeners.ts';

interface Action {
  readonly type: string | undefined;
  readonly to?: string;
}
const redirects = ({ type, to }: Action): boolean => type === 'redirect' && to === 'HTTPS';
/** A page that the load balancer has itself says nothing of what stands behind it. */
const isHarmless = (action: Action): boolean =>
  redirects(action) || action.type === 'fixed-response';

export const loadBalancerRedirectsToHttps = defineControl(loadBalancer, {
  id: 'ELB.1',
  title: 'Application Load Balancer should be configured to redirect all HTTP requests to HTTPS',
  severity: 'MEDIUM',
  rationale:
    'What is sent in the clear is read and changed on its way; a redirect leaves nothing but the first line of it.',
  standards: {
    'fsbp-1.0.0': ['ELB.1'],
    'nist-800-53-r5': [
      ...['AC-17(2)', 'AC-4', 'IA-5(1)', 'SC-12(3)', 'SC-13', 'SC-23', 'SC-23(3)', 'SC-7(4)'],
      ...['SC-8', 'SC-8(1)', 'SC-8(2)', 'SI-7(6)'],
    ],
  },
  needs: ['loadBalancer', 'listeners'],
  evaluate({ loadBalancer: { kind }, listeners }) {
    const outside = outOfScope(kind, ['application']);
    if (outside) return outside;
    // Any rule that forwards counts, and a listener that redirects nothing has no redirection:
    // https://docs.aws.amazon.com/config/latest/developerguide/alb-http-to-https-redirection-check.html
    return evaluateListeners(listeners, {
      isAsked: ({ protocol }) => protocol === 'HTTP',
      none: pass,
      reason: 'a listener answers HTTP otherwise than by a redirect to HTTPS',
      faultOf: ({ port, actions }) =>
        actions.every(isHarmless) && actions.some(redirects)
          ? undefined
          : {
              of: 'actions',
              actual: { port: port ?? null, actions: actions.filter((one) => !redirects(one)) },
              expected: 'a redirect to HTTPS, by the default action and by each rule',
            },
    });
  },
  remediation: {
    advice:
      'Make the default action of the HTTP listener a redirect to HTTPS, port 443, status 301, and take out rules that forward. Have an HTTPS listener first; clients that send a body are to be told the new address.',
  },
});
