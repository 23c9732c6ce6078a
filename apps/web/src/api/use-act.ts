import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';

/** Does something on the server, says so, and has every open screen load itself again. */
export function useAct<Input, Output>(
  act: (input: Input) => Promise<Output>,
  after: {
    readonly said?: (output: Output) => string;
    readonly then?: (output: Output) => void;
  } = {},
): UseMutationResult<Output, Error, Input> {
  const queryClient = useQueryClient();
  return useMutation<Output, Error, Input>({
    mutationFn: act,
    onSuccess: (output) => {
      void queryClient.invalidateQueries({
        predicate: ({ queryKey: [root] }) => root !== 'session' && root !== 'plan',
      });
      const said = after.said?.(output);
      if (said !== undefined) notifications.show({ message: said });
      after.then?.(output);
    },
  });
}
