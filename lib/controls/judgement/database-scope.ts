import { engineOf } from '../../resources/db-engine.ts';
import { notApplicable, type Verdict } from '../control.ts';

/** DocumentDB and Neptune answer to the RDS API too, and have controls of their own. */
export const notOfRds = (engine: string | undefined): Verdict | undefined =>
  engineOf(engine)
    ? undefined
    : notApplicable(`${engine ?? 'an unknown engine'} is not an engine of RDS`);
