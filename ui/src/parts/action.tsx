// A button that says why it cannot be used: it stays focusable, so the reason reaches keyboards and screen readers too.
import {Button, type ButtonProps, Tooltip} from '@mantine/core';
import {Link, type LinkProps} from '@tanstack/react-router';
import {type MouseEvent, useId} from 'react';
import {t} from '../text.ts';
import {Icon, type IconName} from './icons.tsx';
import {type Right, useRights} from './rights.tsx';

type ActionProps = Omit<ButtonProps, 'disabled' | 'style'> & {
  icon?: IconName;
  /** The right it needs; without it the button says so. */
  right?: Right;
  /** Why it cannot be used now. */
  blocked?: string | false | null | undefined;
  onClick?: () => void;
  /** Where it goes, instead of onClick. */
  link?: LinkProps;
  type?: 'button' | 'submit';
  'aria-label'?: string;
};

export function Action({icon, right, blocked, onClick, link, type = 'button', children, ...rest}: ActionProps) {
  const rights = useRights();
  const id = useId();
  const reason = right && !rights.includes(right) ? t.errors.noRight : blocked;
  const common = {size: 'sm', ...rest, ...(icon && {leftSection: <Icon name={icon} />})} as const;
  if (reason) {
    return (
      <Tooltip label={reason} multiline maw={280}>
        <Button {...common} type="button" data-disabled aria-disabled aria-describedby={id} onClick={prevent}>
          {children}
          <span id={id} hidden>
            {reason}
          </span>
        </Button>
      </Tooltip>
    );
  }
  if (link) {
    return (
      <Button {...common} renderRoot={props => <Link {...link} {...props} />}>
        {children}
      </Button>
    );
  }
  return (
    <Button {...common} type={type} {...(onClick && {onClick})}>
      {children}
    </Button>
  );
}

function prevent(event: MouseEvent) {
  event.preventDefault();
}
