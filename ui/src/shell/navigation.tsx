// The side bar: where one can go, in the order of a working day, then who is signed in.
import {ActionIcon, Tooltip, useComputedColorScheme, useMantineColorScheme} from '@mantine/core';
import {useMutation, useQueryClient, useSuspenseQuery} from '@tanstack/react-query';
import {Link, type LinkProps, useNavigate} from '@tanstack/react-router';
import {callAuth} from '../api/client.ts';
import {session} from '../api/queries.ts';
import {Icon, type IconName} from '../parts/icons.tsx';
import {SupportLink} from '../parts/support.tsx';
import {t} from '../text.ts';

export function Navigation({onNavigate, onHelp}: {onNavigate: () => void; onHelp: () => void}) {
  return (
    <nav aria-label={t.shell.navigation} className="navigation">
      <Entry to="/people" label={t.people.title} icon="people" onClick={onNavigate} />
      <h2>{t.shell.integrations}</h2>
      <Entry to="/connections" label={t.connections.title} icon="plug" onClick={onNavigate} />
      <Entry to="/syncs" label={t.syncs.title} icon="sync" onClick={onNavigate} />
      <Entry to="/schedules" label={t.schedules.title} icon="clock" onClick={onNavigate} />
      <Entry to="/history" label={t.history.title} icon="history" onClick={onNavigate} />
      <SupportLink className="nav-link support" onClick={onNavigate}>
        <Icon name="question" />
        {t.support.contact}
      </SupportLink>
      <Account onHelp={onHelp} />
    </nav>
  );
}

type EntryProps = {to: NonNullable<LinkProps['to']>; label: string; icon: IconName; onClick: () => void};

function Entry({to, label, icon, onClick}: EntryProps) {
  return (
    <Link to={to} className="nav-link" onClick={onClick}>
      <Icon name={icon} />
      {label}
    </Link>
  );
}

function Account({onHelp}: {onHelp: () => void}) {
  const {data} = useSuspenseQuery(session());
  const queries = useQueryClient();
  const navigate = useNavigate();
  const leave = useMutation({
    mutationFn: () => callAuth('/sign-out', {}),
    onSettled: async () => {
      await navigate({to: '/sign-in'});
      queries.clear();
    },
  });
  return (
    <div className="account">
      <div className="who">
        <div>{data.user?.name}</div>
        <div className="dimmed">{t.roles[data.role]}</div>
      </div>
      <ThemeSwitch />
      <IconButton icon="keyboard" label={t.shell.shortcuts} onClick={onHelp} />
      <IconButton icon="leave" label={t.shell.signOut} onClick={() => leave.mutate()} />
    </div>
  );
}

export function ThemeSwitch() {
  const scheme = useComputedColorScheme('light');
  const {setColorScheme} = useMantineColorScheme();
  const other = scheme === 'dark' ? 'light' : 'dark';
  return (
    <IconButton
      icon={other === 'dark' ? 'moon' : 'sun'}
      label={t.shell.theme[other]}
      onClick={() => setColorScheme(other)}
    />
  );
}

function IconButton({
  icon,
  label,
  onClick,
}: {
  icon: 'keyboard' | 'leave' | 'sun' | 'moon';
  label: string;
  onClick: () => void;
}) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label} onClick={onClick}>
        <Icon name={icon} />
      </ActionIcon>
    </Tooltip>
  );
}
