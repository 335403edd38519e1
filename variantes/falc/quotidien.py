"""Everyday words that books, films and the web write less often than people say them.

Rarity is what makes a word hard; these are rare on paper only. The list is ours: health, body, house, food, transport,
town hall, telephone and computer, as used with adults who read easy texts.
"""

from variantes.falc.texte import ensemble

FAMILIERS = ensemble(
    """
    grippe rhume toux fièvre pansement thermomètre béquille déambulateur ambulance infirmerie dentiste ordonnance pharmacie
    pharmacien pharmacienne vaccin vaccination masque radio scanner piqûre sirop comprimé gélule allergie allergique diabète
    kiné généraliste sage-femme infirmier infirmière aide-soignant aide-soignante brancard urgences accouchement
    lunettes dentier couche couches savon dentifrice brosse shampoing serviette douche lavabo robinet toilettes
    ascenseur escalier couloir étage rez-de-chaussée accueil guichet interphone sonnette digicode badge
    omelette moutarde yaourt compote biscuit goûter petit-déjeuner déjeuner dîner boucherie boulangerie supermarché épicerie
    assiette fourchette cuillère couteau frigo frigidaire micro-ondes poubelle recyclage lessive aspirateur
    bus métro tramway train taxi vélo trottinette arrêt ticket abonnement parking autocar gare correspondance
    mairie préfecture formulaire attestation justificatif photocopie photocopieuse imprimante enveloppe timbre signature
    agrafe classeur agenda calendrier stylo crayon ciseaux colle feutre cahier gomme scotch
    internet ordinateur clavier souris écran tablette smartphone portable téléphone e-mail mail mot-clé site appli
    application télécharger téléchargement imprimer cliquer clic connexion connecter mot-de-passe identifiant
    visioconférence webcam wifi vidéo photo appareil tuto
    rendez-vous après-midi week-end demi-heure quart-d'heure lundi mardi mercredi jeudi vendredi samedi dimanche
    janvier février mars avril mai juin juillet août septembre octobre novembre décembre
    handicap handicapé handicapée handicapés fauteuil roulant aidant aidante bénévole bénévolat association
    marraine parrain beau-père belle-mère demi-frère demi-sœur nounou crèche maternelle cartable récréation
    pictogramme réunion atelier brochure affiche dépliant
    tee-shirt pull manteau chaussure chaussette pyjama pantalon bonnet écharpe
    ingrédient recette épice ménage bricolage jardinage coiffeur coiffeuse piscine gymnastique footballeur
    glaçon barbecue pique-nique gâteau anniversaire
    addition soustraction virgule parenthèse majuscule minuscule
    """
)
