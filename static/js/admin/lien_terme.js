// A term of the glossary in the editor of rich text: its chooser, and how a link to it looks.
(() => {
  const { React, DraftJS, draftail, wagtail } = window;
  const TYPE = "TERME";

  // The page that is changed, or under which one is added: the chooser shows the terms of its language.
  const page = () => {
    const [, modifiee, parent] =
      window.location.pathname.match(/\/pages\/(?:(\d+)\/|add\/\w+\/\w+\/(\d+)\/)/) ?? [];
    return modifiee ?? parent;
  };

  class TermeSource extends draftail.ModalWorkflowSource {
    getChooserConfig(entity, texte) {
      const { termeChooser } = this.props.entityType.chooserUrls;
      const depuis = page();
      const mots = texte.trim().slice(0, 100);
      return {
        url: termeChooser,
        // The words that are linked are often those of the term.
        urlParams: { ...(depuis && { page: depuis }), ...(mots && !entity && { q: mots }) },
        onload: window.CHOOSER_MODAL_ONLOAD_HANDLERS,
        responses: { chosen: this.onChosen },
      };
    }

    // As Wagtail does for its own kinds of links, the only ones that it knows how to make.
    onChosen({ id, titre }) {
      const { editorState, onComplete } = this.props;
      const { EditorState, Modifier, RichUtils } = DraftJS;
      const selection = editorState.getSelection();
      const contenu = editorState.getCurrentContent().createEntity(TYPE, "MUTABLE", { id, titre });
      const cle = contenu.getLastCreatedEntityKey();
      const suite = selection.isCollapsed()
        ? EditorState.push(editorState, Modifier.insertText(contenu, selection, titre, null, cle), "insert-characters")
        : RichUtils.toggleLink(editorState, selection, cle);
      this.workflow.close();
      onComplete(suite);
    }
  }

  const Terme = (props) => {
    const { titre } = props.contentState.getEntity(props.entityKey).getData();
    const icon = React.createElement(wagtail.components.Icon, { name: titre ? "glossaire-mot" : "warning" });
    const label = titre || "Ce mot n’est plus dans le glossaire";
    return React.createElement(draftail.TooltipEntity, { ...props, icon, label });
  };

  draftail.registerPlugin({ type: TYPE, source: TermeSource, decorator: Terme }, "entityTypes");
})();
