import { createContext, use } from 'react';
import type { Me } from '../api/types.ts';

/** Who is signed in; set by the frame around every screen. */
export const MeContext = createContext<Me | null>(null);

/** What the roles allow on screen; the server decides again. */
export interface Rights {
  readonly manages: boolean;
  readonly administers: boolean;
  readonly controls: boolean;
}

/** Which buttons make sense for whoever looks. */
export function useRights(): Rights {
  const me = use(MeContext);
  const manages = me?.role === 'pm' || me?.role === 'admin';
  return {
    manages,
    administers: me?.role === 'admin',
    controls: manages || me?.mayControl === true,
  };
}
