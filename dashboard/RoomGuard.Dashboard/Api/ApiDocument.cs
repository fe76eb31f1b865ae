using System.Collections.Immutable;
using System.ComponentModel;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Grants;
using RoomGuard.Core.Operators;
using RoomGuard.Core.People;
using RoomGuard.Core.Zones;
using RoomGuard.Dashboard.Text;

namespace RoomGuard.Dashboard.Api;

/// <summary>
/// The API described in OpenAPI 3.1, made from the table of operations and the very types that are read and written, so that it cannot say anything else
/// than what is done. It names no other host and needs nothing from elsewhere.
/// </summary>
internal static class ApiDocument
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly ImmutableArray<Type> Names = [typeof(PersonId), typeof(CredentialId), typeof(GrantId), typeof(ZoneId), typeof(DoorId), typeof(CaseId)];
    private static readonly Lazy<byte[]> Bytes = new(() => System.Text.Encoding.UTF8.GetBytes(Make().ToJsonString(Indented) + "\n"));

    /// <summary>The document.</summary>
    public static ReadOnlyMemory<byte> Utf8 => Bytes.Value;

    /// <summary>Answers with the document.</summary>
    public static Task<ApiAnswer> Answer(ApiRequest request) => Task.FromResult(new ApiAnswer(StatusCodes.Status200OK, Bytes.Value));

    private static JsonObject Make()
    {
        var schemas = new JsonObject();
        var paths = new JsonObject();
        foreach (var group in ApiOperations.All.GroupBy(operation => operation.Pattern))
        {
            var path = new JsonObject();
            foreach (var operation in group)
            {
                path[operation.Method.ToLowerInvariant()] = Operation(operation, schemas);
            }

            paths[group.Key] = path;
        }

        _ = Reference(ApiJson.Plain.ApiProblem, schemas);
        return new()
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "RoomGuard", ["version"] = "1", ["description"] = ApiText.About.En, ["summary"] = ApiText.About.Ja },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["security"] = new JsonArray(new JsonObject { ["token"] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject { ["token"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = ApiText.TokenScheme.En } },
                ["responses"] = Problems(),
                ["schemas"] = new JsonObject(schemas.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone()))),
            },
        };
    }

    private static JsonObject Operation(ApiOperation operation, JsonObject schemas)
    {
        var parameters = new JsonArray();
        foreach (var name in operation.PathParameters)
        {
            parameters.Add(new JsonObject { ["name"] = name, ["in"] = "path", ["required"] = true, ["schema"] = new JsonObject { ["type"] = "string" } });
        }

        foreach (var parameter in operation.Query)
        {
            parameters.Add(new JsonObject { ["name"] = parameter.Name, ["in"] = "query", ["description"] = parameter.Meaning, ["schema"] = Schema(parameter) });
        }

        if (operation.Acts)
        {
            parameters.Add(new JsonObject
            {
                ["name"] = "Idempotency-Key",
                ["in"] = "header",
                ["required"] = true,
                ["description"] = ApiText.KeyParameter.En,
                ["schema"] = new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = 64, ["pattern"] = "^[!-~]+$" },
            });
        }

        var done = new JsonObject
        {
            ["description"] = operation.Makes ? "Made." : "Done.",
            ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = operation.Answer is { } answer ? Reference(answer, schemas) : new JsonObject { ["type"] = "object" } } },
        };
        var responses = new JsonObject { [operation.Makes ? "201" : "200"] = done };
        foreach (var status in Statuses(operation))
        {
            responses[$"{status}"] = new JsonObject { ["$ref"] = $"#/components/responses/{status}" };
        }

        var described = new JsonObject
        {
            ["operationId"] = operation.Id,
            ["summary"] = operation.Summary.En,
            ["description"] = operation.Summary.Ja,
            ["tags"] = new JsonArray(operation.Scope is { } scope ? TokenScopes.NameOf(scope).Split(':')[0] : "token"),
            ["x-scope"] = operation.Scope is { } needed ? TokenScopes.NameOf(needed) : null,
            ["parameters"] = parameters,
        };
        if (operation.Body is { } body)
        {
            described["requestBody"] = new JsonObject { ["required"] = true, ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = Reference(body, schemas) } } };
        }

        described["responses"] = responses;
        return described;
    }

    // Which kinds of problem an operation can answer with.
    private static IEnumerable<int> Statuses(ApiOperation operation) =>
    [
        400, 401, 403, .. operation.PathParameters.Any() ? [404] : Array.Empty<int>(), .. operation.Acts ? [409, 413, 415, 422] : operation.Query.Any(item => item.Name == "purpose") ? [422] : Array.Empty<int>(),
        429, 500, 503,
    ];

    private static JsonObject Problems()
    {
        var responses = new JsonObject();
        foreach (var kinds in ApiProblems.All.GroupBy(kind => kind.Status).OrderBy(group => group.Key))
        {
            responses[$"{kinds.Key}"] = new JsonObject
            {
                ["description"] = string.Join(" ", kinds.Select(kind => $"urn:roomguard:problem:{kind.Name} — {kind.Title.En}.")),
                ["content"] = new JsonObject { ["application/problem+json"] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = $"#/components/schemas/{nameof(ApiProblem)}" } } },
            };
        }

        return responses;
    }

    private static JsonObject Schema(ApiParameter parameter)
    {
        JsonObject one = parameter.Value switch
        {
            ApiValue.Number => new() { ["type"] = "integer", ["minimum"] = parameter.Least, ["maximum"] = parameter.Most },
            ApiValue.Moment => new() { ["type"] = "string", ["format"] = "date-time" },
            ApiValue.Flag => new() { ["type"] = "boolean" },
            ApiValue.Choice => new() { ["type"] = "string", ["enum"] = new JsonArray([.. parameter.Choices.Select(choice => (JsonNode)choice)]) },
            _ => new() { ["type"] = "string", ["maxLength"] = parameter.Most },
        };
        return parameter.Many ? new() { ["type"] = "array", ["items"] = one } : one;
    }

    private static JsonObject Reference(JsonTypeInfo type, JsonObject schemas)
    {
        var name = type.Type.Name;
        if (!schemas.ContainsKey(name))
        {
            // Inner pointers count from the schema's own root, and the document moves it.
            schemas[name] = Moved(type.GetJsonSchemaAsNode(new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Named }), $"#/components/schemas/{name}");
        }

        return new() { ["$ref"] = $"#/components/schemas/{name}" };
    }

    private static JsonNode Named(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (Names.Contains(type))
        {
            return new JsonObject { ["type"] = type == context.TypeInfo.Type ? "string" : new JsonArray("string", "null") };
        }

        if (type == typeof(WeekDays) && schema is JsonObject days)
        {
            // Flags are written as names with commas between them.
            _ = days.Remove("enum");
            days["type"] = "string";
            days["pattern"] = "^[A-Z][a-z]+(, [A-Z][a-z]+)*$";
        }

        if (schema is JsonObject described && context.PropertyInfo?.AttributeProvider is { } member && Meaning(member) is { } meaning)
        {
            described["description"] = meaning;
        }

        return schema;
    }

    private static string? Meaning(ICustomAttributeProvider member) =>
        member.GetCustomAttributes(typeof(DescriptionAttribute), inherit: true).OfType<DescriptionAttribute>().FirstOrDefault()?.Description;

    private static JsonNode Moved(JsonNode schema, string place)
    {
        switch (schema)
        {
            case JsonObject item:
                if (item["$ref"] is JsonValue pointer && pointer.GetValue<string>() is ['#', .. var rest])
                {
                    item["$ref"] = place + rest;
                }

                foreach (var child in item.Select(pair => pair.Value).OfType<JsonNode>())
                {
                    _ = Moved(child, place);
                }

                break;
            case JsonArray list:
                foreach (var child in list.OfType<JsonNode>())
                {
                    _ = Moved(child, place);
                }

                break;
            default:
                break;
        }

        return schema;
    }
}
