using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Actors.Grains.Hosting;

/// <summary>Settings as options: bound, validated, and a value that is wrong stops the start with its name.</summary>
public static class SettingsReader
{
    /// <summary>
    /// Registers a section as <see cref="IOptions{TOptions}"/>, validated at the start, and its value for whoever needs just
    /// that. Without a configuration, as in simulations, everything has its default.
    /// </summary>
    public static IServiceCollection AddSettings<T>(this IServiceCollection services)
        where T : class, new()
    {
        services
            .AddOptions<T>()
            .Configure<IServiceProvider>(
                static (options, provider) =>
                {
                    if (provider.GetService<IConfiguration>() is { } configuration)
                    {
                        Bind(configuration, options);
                    }
                }
            )
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<T>, Validation<T>>());
        services.TryAddSingleton(static provider => provider.GetRequiredService<IOptions<T>>().Value);
        return services;
    }

    /// <summary>The same, for what is decided before there are services.</summary>
    /// <exception cref="SettingException">A value is wrong; the message names it.</exception>
    public static T Read<T>(IConfiguration configuration)
        where T : class, new()
    {
        var options = new T();
        Bind(configuration, options);
        return SettingsSection.Of(typeof(T)).Faults(options).FirstOrDefault() is { } fault ? throw fault : options;
    }

    private static void Bind(IConfiguration configuration, object options)
    {
        var given = new Dictionary<string, string?>();
        foreach (var setting in SettingsSection.Of(options.GetType()).Settings)
        {
            // Empty is not given: compose files pass on what nobody has set as an empty text.
            if (configuration[setting.Name] is not { Length: > 0 } text)
            {
                continue;
            }
            given[setting.Property.Name] = setting.CanRead(text) ? text : throw setting.Fault(setting.Form, text);
        }
        new ConfigurationBuilder().AddInMemoryCollection(given).Build().Bind(options);
    }

    private sealed class Validation<T> : IValidateOptions<T>
        where T : class
    {
        public ValidateOptionsResult Validate(string? name, T options) =>
            SettingsSection.Of(typeof(T)).Faults(options).Select(static fault => fault.Message).ToArray()
                is { Length: > 0 } faults
                ? ValidateOptionsResult.Fail(faults)
                : ValidateOptionsResult.Success;
    }
}
