// The first owner claims the link that the first start printed. The token stands behind the #, so no log ever holds it.
import {Button, PasswordInput, TextInput} from '@mantine/core';
import {useMutation} from '@tanstack/react-query';
import {useNavigate} from '@tanstack/react-router';
import {useState} from 'react';
import {call, callAuth} from '../api/client.ts';
import {Refusal} from '../shell/states.tsx';
import {t} from '../text.ts';
import {Gate} from './gate.tsx';

const passwordMinLength = 12;

export function WelcomePage() {
  const navigate = useNavigate();
  const [token] = useState(tokenOf(location.hash));
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const claim = useMutation({
    mutationFn: async () => {
      await call('POST /owner', {body: {token, name, email, password}});
      await callAuth('/sign-in/email', {email, password});
    },
    onSuccess: () => navigate({to: '/'}),
  });
  const short = password.length > 0 && password.length < passwordMinLength;
  if (!token)
    return (
      <Gate title={t.welcome.title} text={t.welcome.noToken}>
        {null}
      </Gate>
    );
  return (
    <Gate title={t.welcome.title} text={t.welcome.about}>
      <form
        className="form"
        onSubmit={event => {
          event.preventDefault();
          if (!short) claim.mutate();
        }}
      >
        <TextInput
          label={t.welcome.name}
          autoComplete="name"
          required
          value={name}
          onChange={event => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t.signIn.email}
          type="email"
          autoComplete="username"
          required
          value={email}
          onChange={event => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={t.signIn.password}
          description={t.welcome.passwordRule}
          error={short && t.welcome.passwordShort(passwordMinLength - password.length)}
          autoComplete="new-password"
          minLength={passwordMinLength}
          required
          value={password}
          onChange={event => setPassword(event.currentTarget.value)}
        />
        <Refusal error={claim.error} />
        <Button type="submit" size="sm" loading={claim.isPending}>
          {t.welcome.create}
        </Button>
      </form>
    </Gate>
  );
}

/** `#token=…` or the token alone. */
function tokenOf(hash: string): string {
  const text = hash.slice(1);
  return new URLSearchParams(text).get('token') ?? decodeURIComponent(text);
}
