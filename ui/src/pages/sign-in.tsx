// Sign-in, and back to where one was going.
import {Button, PasswordInput, TextInput} from '@mantine/core';
import {useMutation, useQueryClient} from '@tanstack/react-query';
import {getRouteApi, useRouter} from '@tanstack/react-router';
import {useState} from 'react';
import {callAuth} from '../api/client.ts';
import {session} from '../api/queries.ts';
import {Refusal} from '../shell/states.tsx';
import {t} from '../text.ts';
import {Gate} from './gate.tsx';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const {to = '/'} = route.useSearch();
  const router = useRouter();
  const queries = useQueryClient();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation({
    mutationFn: () => callAuth('/sign-in/email', {email, password}),
    onSuccess: async () => {
      await queries.invalidateQueries(session());
      router.history.push(to.startsWith('/') && !to.startsWith('//') ? to : '/'); // never to another site
    },
  });
  return (
    <Gate title={t.signIn.title}>
      <form
        className="form"
        onSubmit={event => {
          event.preventDefault();
          signIn.mutate();
        }}
      >
        <TextInput
          label={t.signIn.email}
          type="email"
          autoComplete="username"
          required
          autoFocus
          value={email}
          onChange={event => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={t.signIn.password}
          autoComplete="current-password"
          required
          value={password}
          onChange={event => setPassword(event.currentTarget.value)}
        />
        <Refusal error={signIn.error} />
        <Button type="submit" size="sm" loading={signIn.isPending}>
          {t.signIn.title}
        </Button>
      </form>
    </Gate>
  );
}
