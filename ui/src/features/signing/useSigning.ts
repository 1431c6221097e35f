import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type Commands, host, type SigningView } from '@/ipc';
import { KEYS } from '@/shared/queries';

type Changing = {
  [Name in keyof Commands]: Commands[Name]['answer'] extends SigningView ? Name : never;
}[keyof Commands];

/** What one signs with, and which certificates are known. */
export function useSigning() {
  return useQuery({ queryKey: KEYS.signing, queryFn: () => host().call('signing', {}) });
}

/** Does something that changes them, and takes in what holds from then on. Refusals are thrown. */
export function useChangeSigning() {
  const client = useQueryClient();
  return async <Name extends Changing>(name: Name, args: Commands[Name]['args']): Promise<void> => {
    client.setQueryData(KEYS.signing, await host().call(name, args));
    await client.invalidateQueries({ queryKey: KEYS.audit });
  };
}
