// Every text of the web app. One import here, so that a second language is a change in one place.
export {ui as t} from '../../src/messages/ui-en.ts';
