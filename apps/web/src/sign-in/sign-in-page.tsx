import { Button, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { SubmitEvent, ReactElement } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { api, take } from '../api/client.ts';
import { sessionQuestion } from '../api/queries.ts';
import { DaymarkMark } from '../layout/daymark-mark.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import classes from './sign-in-page.module.css';

/** The door. */
export function SignInPage(): ReactElement {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const signIn = useMutation({
    mutationFn: (body: { readonly email: string; readonly password: string }) =>
      take(api.POST('/v1/session', { body })),
    onSuccess: (me) => {
      queryClient.clear();
      queryClient.setQueryData(sessionQuestion.queryKey, me);
      void navigate(safePath(params.get('next')), { replace: true });
    },
  });
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    signIn.mutate({ email: fieldOf(form, 'email'), password: fieldOf(form, 'password') });
  };
  return (
    <main className={classes['door']}>
      <Paper className={classes['card'] ?? ''} withBorder radius="lg" p="xl">
        <form onSubmit={submit}>
          <Stack gap="md">
            <div>
              <DaymarkMark size={44} />
              <Title order={1} mt="sm">
                Sign in to Daymark
              </Title>
              <Text size="sm" c="dimmed" mt={4}>
                Every client on the right version, on a day that suits them.
              </Text>
            </div>
            <TextInput
              name="email"
              type="email"
              label="E-mail"
              autoComplete="username"
              required
              autoFocus
            />
            <PasswordInput
              name="password"
              label="Password"
              autoComplete="current-password"
              required
            />
            {signIn.isError && <ProblemAlert error={signIn.error} />}
            <Button type="submit" loading={signIn.isPending} fullWidth>
              Sign in
            </Button>
          </Stack>
        </form>
      </Paper>
    </main>
  );
}

/** Only a path of this app: an address from outside must not send people elsewhere. */
function safePath(next: string | null): string {
  return next !== null && /^\/(?![/\\])/.test(next) ? next : '/';
}

function fieldOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
