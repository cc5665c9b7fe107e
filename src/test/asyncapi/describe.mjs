// Has the public parser check an AsyncAPI document, and writes the page that describes it.
//
//   node describe.mjs MODULES DOCUMENT PAGE
//
// Whatever the parser finds, be it only a hint, is a fault. The page is written from what the parser made of the document, with all
// references in their places. (AsyncAPI's own generator needs a newer Node.js than most have, and 700 packages.)
import { writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

const [modules, documentFile, pageFile] = process.argv.slice(2)
const { Parser, fromFile } = createRequire(`${modules}/`)('@asyncapi/parser')

const { document, diagnostics } = await fromFile(new Parser(), documentFile).parse()
for (const { code, message, path, range } of diagnostics) {
  console.error(`${documentFile}:${range.start.line + 1}: ${code}: ${message} (${path.join('.')})`)
}
if (diagnostics.length > 0) process.exit(1)
const api = document.json()

// --- Schemas as tables

const INDENT = '&nbsp;&nbsp;'
const cell = (text) => String(text).replaceAll('|', '\\|').replaceAll('\n', ' ')
const code = (text) => (text.includes('|') ? `<code>${text.replaceAll('|', '&#124;').replaceAll('<', '&lt;')}</code>` : `\`${text}\``)
const table = (head, rows) => [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n') + '\n'

/** A schema with those that it is all of, as far as properties go. */
function merged(schema) {
  const parts = (schema.allOf ?? []).filter((part) => !part.if).map(merged)
  const all = [...parts, schema]
  const properties = {}
  for (const part of all) {
    for (const [name, property] of Object.entries(part.properties ?? {})) {
      properties[name] = properties[name] ? merged({ allOf: [properties[name], property] }) : property
    }
  }
  const required = [...new Set(all.flatMap((part) => part.required ?? []))]
  return { ...Object.assign({}, ...all), allOf: undefined, ...(Object.keys(properties).length > 0 && { properties, required }) }
}

function constraints(schema) {
  const said = []
  if ('const' in schema) said.push(code(String(schema.const)))
  if (schema.enum) said.push('one of ' + schema.enum.map(code).join(', '))
  if (schema.pattern === '\\S') said.push('not blank')
  else if (schema.pattern && !schema.description) said.push(code(schema.pattern))
  if (schema.maxItems) said.push(`at most ${schema.maxItems.toLocaleString('en')}`)
  if (schema.maxLength) said.push(`at most ${schema.maxLength.toLocaleString('en')} characters`)
  return said.length > 0 ? said.join(', ').replace(/^[a-z]/, (letter) => letter.toUpperCase()) + '.' : ''
}

function kind(schema) {
  const type = [schema.type ?? (schema.const === undefined ? '' : typeof schema.const)].flat().filter((name) => name !== 'null')
  return schema.items?.type ? `${type} of ${schema.items.type}s` : type.join(' or ')
}

/** One row for each property, and below it for those inside it. */
function rows(schema, depth = 0) {
  const { properties = {}, required = [] } = merged(schema)
  return Object.entries(properties).flatMap(([name, property]) => {
    const whole = merged(property)
    return [
      [INDENT.repeat(depth) + `\`${name}\``, kind(whole), required.includes(name) ? 'yes' : '', [whole.description, constraints(whole)].filter(Boolean).join(' ')],
      ...rows(whole.items?.properties ? whole.items : whole, depth + 1)
    ]
  })
}

const fields = (schema) => table(['field', 'is', 'required', ''], rows(schema))
const json = (value) => '```json\n' + JSON.stringify(value, null, 2) + '\n```\n'

// --- What the page is made of

const messagesOf = (operation) => operation.messages
const operations = Object.values(api.operations)
const received = operations.filter((operation) => operation.action === 'receive').flatMap(messagesOf)
const events = received.filter((message) => message.name !== 'api-call')
const apiCall = received.find((message) => message.name === 'api-call')
const outcomes = api.operations.tellOutcomes.messages
const [cloudEvent, eventBridge, notification, carried] = events[0].payload.anyOf
const example = (message, name) => message.examples.find((candidate) => candidate.name === name).payload
const anchor = (name) => `[${name}](#${name})`

function queues() {
  return table(
    ['queue', 'takes', 'dead-letter queue'],
    operations
      .filter((operation) => operation.action === 'receive')
      .map(({ channel, messages }) => [
        `\`${channel.address}\``,
        messages.map((message) => anchor(message.name)).join(', '),
        `\`${channel.bindings.sqs.deadLetterQueue.name}\``
      ])
  )
}

function event(message) {
  const data = merged(message.payload.anyOf[0]).properties.data
  return `### ${message.name}\n\n${message.summary} ${message.description}\n\n${fields(data)}\n${json(example(message, 'CloudEvent'))}`
}

/** An envelope by itself: what depends on the type of event is described elsewhere. */
function outside(schema, type, data) {
  const whole = merged(schema)
  const any = merged(schema.allOf[0]).properties
  return { ...whole, properties: { ...whole.properties, [type]: any[type], [data]: { type: 'object', description: 'What the type asks for, below.' } } }
}

/** What an envelope needs that carries another one whole, which is described elsewhere. */
function forwarded(schema) {
  const { detail } = schema.properties
  return { ...schema, properties: { ...schema.properties, detail: { type: 'object', description: detail.description } } }
}

function envelope(name, description, schema) {
  return `### ${name}\n\n${description}\n\n${fields(schema)}\n${json(example(events[0], name))}`
}

/** The features and the resources that each takes: the conditions of the schema. */
function features() {
  const enabled = events.find((message) => message.name === 'feature-enabled')
  const data = enabled.payload.anyOf[0].allOf[1].properties.data
  const conditions = data.allOf[0].allOf[0].allOf
  return table(
    ['feature', 'takes', 'its ARN'],
    conditions.flatMap((condition) => {
      const feature = condition.if.properties.feature
      const items = condition.then.properties.resources.items
      return (items.anyOf ?? [items]).map(({ title, pattern }) => [(feature.enum ?? [feature.const]).map(code).join(', '), title, code(pattern)])
    })
  )
}

function outcome(message) {
  const data = merged(message.payload).properties.data
  return `### ${message.name}\n\n${message.summary} ${message.description}\n\n${fields(data)}\n${json(example(message, 'CloudEvent'))}`
}

const { refused, givenUp } = Object.values(api.channels).find((channel) => channel.messages.refused).messages

await writeFile(
  pageFile,
  `<!-- Made of asyncapi.yaml by src/test/asyncapi/describe. A test compares; -Dgolden.update=true writes it anew. -->

# Events and outcomes

${api.info.description}

The whole of it, for machines: [asyncapi.yaml](../src/main/resources/META-INF/resources/asyncapi.yaml) (AsyncAPI ${api.asyncapi}) and
the [schemas](../src/main/resources/META-INF/resources/schemas) (JSON Schema 2020-12), which a running service serves at \`/asyncapi.yaml\` and
\`/schemas/\`. To copy from: [examples](producers.md).

## Queues

${queues()}
${operations[0].channel.description}

## Envelopes

The body of a message is JSON in one of these shapes, told apart by its own fields. Unknown fields are ignored.

${envelope('CloudEvent', cloudEvent.allOf[0].description, outside(cloudEvent, 'type', 'data'))}
${envelope('EventBridge event', eventBridge.allOf[0].description, outside(eventBridge, 'detail-type', 'detail'))}
${envelope('CloudEvent in an EventBridge event', carried.allOf[0].description, forwarded(carried.allOf[0]))}
${envelope('SNS notification', notification.description, notification)}
### api-call

${apiCall.summary} ${apiCall.description} [Amazon Connect as the producer](connect.md) says more.

${fields(apiCall.payload)}
${json(example(apiCall, 'EventBridge event'))}
## Data

${events.map(event).join('\n')}
## Features and resources

${features()}
A pattern is not all: a resource has to be in its instance's own partition and, where its ARN has them, account and region. Wildcards and policy
variables (\`*\`, \`?\`, \`\${\`) are refused.

## Dead letters

${refused.summary} ${refused.description}

${fields(refused.headers)}
${json(refused.examples[0].headers)}
${givenUp.summary} ${givenUp.description} It has none of these attributes.

## Outcomes

${api.channels.outcomes.description}

${fields(outside(outcomes[0].payload, 'type', 'data'))}
Attributes of the message, for subscriptions to filter by (SQS and SNS):

${fields(outcomes[0].headers)}
${outcomes.map(outcome).join('\n')}`
)
