import { useSignal } from '@preact/signals'
import { ControlRefused, connect } from '../../client/index.ts'
import { base, keepToken, wordsFor } from '../server.ts'

/** The server was started with `--control-token`. The token stays in this tab, and goes nowhere but to this server. */
export function TokenForm() {
  const given = useSignal('')
  const wrong = useSignal('')
  const enter = async (event: Event) => {
    event.preventDefault()
    const token = given.value.trim()
    try {
      await connect(base, { token, fetch: (...sent) => fetch(...sent) }).worlds()
      keepToken(token)
    } catch (error) {
      const isRefused = error instanceof ControlRefused && error.status === 401
      wrong.value = isRefused ? 'That is not the token of this server.' : wordsFor(error)
    }
  }
  return (
    <form class="token" onSubmit={enter}>
      <h1>This server wants its token</h1>
      <p>
        It was started with <code>--control-token</code>. The token is kept for this tab alone.
      </p>
      <label>
        Token
        <input
          type="password"
          autocomplete="off"
          value={given.value}
          aria-invalid={wrong.value !== ''}
          aria-describedby="token-wrong"
          onInput={({ currentTarget }) => {
            given.value = currentTarget.value
          }}
        />
      </label>
      <p id="token-wrong" class="wrong" role="alert">
        {wrong.value}
      </p>
      <button type="submit" class="button main">
        Enter
      </button>
    </form>
  )
}
