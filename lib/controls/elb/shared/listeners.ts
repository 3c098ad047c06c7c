import type { Snapshot } from '../../../model/control.ts';
import type { classicLoadBalancer } from '../../../resources/elb/classic-load-balancer.ts';

type Listener = Snapshot<typeof classicLoadBalancer, 'listeners'>['listeners'][number];

/** Whether a listener ends TLS; one of TCP passes it on. */
export const endsTls = ({ protocol }: Listener): boolean =>
  protocol === 'HTTPS' || protocol === 'SSL';
